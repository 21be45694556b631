import ComposeBasic
import ComposePlan
import ComposeRuntime
import ComposeServer
import Logging

/// What receives callbacks while the workflow runs; nothing when none of its actions waits for one.
///
/// - Throws: what is wrong with the keys of callers.
func callbackService(
  for workflow: WorkflowPlan, in plan: Plan, _ broker: CallbackBroker
) throws(FileProblem) -> CallbackService {
  let isNeeded = plan.reach(of: [workflow]).invocations.contains(where: \.waitsForCallback)
  var configuration = ServerConfiguration(serving: plan.serving)
  if isNeeded { configuration.apiKeys = try presentedKeys(for: plan) }
  return CallbackService(isNeeded ? plan.listeners : [], broker, configuration, logger: quietLogger())
}

/// What the libraries report while starting and stopping is said by this program in its own words.
func quietLogger() -> Logger {
  var logger = Logger(label: "model-compose") { StreamLogHandler.standardError(label: $0) }
  logger.logLevel = .critical
  return logger
}
