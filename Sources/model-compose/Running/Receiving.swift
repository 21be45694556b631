import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer
import Logging

/// What receives callbacks while the workflow runs; nothing when none of its actions waits for one.
func callbackService(for workflow: WorkflowPlan, in plan: Plan, _ broker: CallbackBroker) -> CallbackService {
  let isNeeded = plan.reach(of: [workflow]).invocations.contains(where: \.waitsForCallback)
  var configuration = ServerConfiguration(serving: plan.serving)
  configuration.apiKeys = presentedKeys()
  return CallbackService(isNeeded ? plan.listeners : [], broker, configuration, logger: quietLogger())
}

/// The keys that callers may present: MODEL_COMPOSE_API_KEYS.
func presentedKeys() -> [String] {
  (environmentVariable("MODEL_COMPOSE_API_KEYS") ?? "").split(separator: ",")
    .map { String($0).trimmingBlanks }.filter { !$0.isEmpty }
}

/// What the libraries report while starting and stopping is said by this program in its own words.
func quietLogger() -> Logger {
  var logger = Logger(label: "model-compose") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = .critical
  return logger
}
