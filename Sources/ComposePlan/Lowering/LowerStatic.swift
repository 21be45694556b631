import ComposeBasic
import ComposeSyntax

/// The folders that an HTTP adapter serves: one, or a list. Those without a path or a folder are findings of the check.
func lowerStaticMounts(of adapter: AdapterDecl) -> [StaticMount] {
  guard let node = adapter.node.entry("static")?.value else { return [] }
  return (node.sequence ?? [node]).compactMap { mount in
    guard let path = mount.locatedText("path")?.value, let folder = mount.locatedText("base_dir")?.value else {
      return nil
    }
    let index = mount.locatedText("index")?.value ?? ""
    return StaticMount(path: normalizedPath(path), folder: folder, index: index.isEmpty ? .none : .everywhere(index))
  }
}

/// The folder whose pages take the place of the program's own; `nil` with another driver.
func lowerPages(of webUI: WebUIDecl) -> StaticMount? {
  guard webUI.node.locatedText("driver")?.value == "static" else { return nil }
  return StaticMount(path: "", folder: webUI.node.locatedText("static_dir")?.value ?? "webui", index: .pages)
}
