import ComposePlan
import ComposeRuntime

extension Invocation {
  /// Why the component cannot run where the file wants it; `nil` when that makes no difference.
  ///
  /// Components run inside this program. In a process or an environment of packages of its own a component does the
  /// same; in a container it would see other files and other programs.
  var runtimeRefusal: Refusal? {
    guard let field = componentField("runtime") else { return nil }
    let type = field["type"] ?? field
    guard case .constant(.text(let name)) = type.content else { return nil }
    switch name {
    case "native", "embedded": return nil
    case "process", "virtualenv":
      guard let changed = field["env"] ?? field["working_dir"] else { return nil }
      return Refusal(
        "components run inside this program: a runtime '\(name)' with variables or a folder of its own is not carried out",
        at: changed.range)
    default:
      return Refusal(
        "components run inside this program, not in '\(name)': leave 'runtime' out, or run the whole program there",
        at: type.range)
    }
  }
}
