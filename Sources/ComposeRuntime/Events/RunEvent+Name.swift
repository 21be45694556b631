extension RunEvent.Kind {
  /// What the event is called where events are read by programs.
  package var name: String {
    switch self {
    case .workflowStarted: "workflow-started"
    case .jobStarted: "job-started"
    case .attemptFailed: "attempt-failed"
    case .interrupted: "interrupted"
    case .answered: "answered"
    case .firstByte: "first-byte"
    case .usage: "usage"
    case .notice: "notice"
    case .jobCompleted: "job-completed"
    case .jobFailureHandled: "job-failure-handled"
    case .jobRouted: "job-routed"
    case .jobRewound: "job-rewound"
    case .jobFailed: "job-failed"
    case .jobCancelled: "job-cancelled"
    case .streamEnded: "stream-ended"
    case .streamFailed: "stream-failed"
    case .streamCancelled: "stream-cancelled"
    case .workflowCompleted: "workflow-completed"
    case .workflowFailed: "workflow-failed"
    case .workflowCancelled: "workflow-cancelled"
    }
  }
}
