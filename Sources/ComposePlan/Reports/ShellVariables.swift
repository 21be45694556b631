/// The shell variables that stand for what is not known yet: one for each expression.
struct ShellVariables {
  private(set) var names: [String: String] = [:]
  private var taken: Set<String>

  /// - Parameter reserved: names that mean something else.
  init(reserved: some Sequence<String>) {
    taken = Set(reserved).union([
      "PATH", "HOME", "IFS", "PWD", "OLDPWD", "USER", "LOGNAME", "SHELL", "TERM", "LANG", "ENV", "PS1", "PS2", "PS4",
      "CDPATH", "MAIL", "OPTIND", "OPTARG", "PPID", "UID", "HOSTNAME", "TMPDIR", "LINENO",
    ])
  }

  /// The variable for an expression; the same for each that looks up the same.
  mutating func name(of hole: RequestHole) -> String {
    let key = hole.source
    if let known = names[key] { return known }
    let keys = hole.path.count > 1 ? Array(hole.path.dropFirst()) : hole.path
    let words = keys.filter { $0 != "output" || keys.count == 1 }.joined(separator: "_")
    var name = ""
    for character in words.uppercased() {
      name.append(character.isASCII && (character.isLetter || character.isNumber) ? character : "_")
    }
    if name.isEmpty || !name.contains(where: \.isLetter) { name = "VALUE" + (name.isEmpty ? "" : "_" + name) }
    if name.first?.isNumber == true { name = "_" + name }
    var candidate = taken.contains(name) ? "INPUT_" + name : name
    var number = 2
    while taken.contains(candidate) {
      candidate = "\(name)_\(number)"
      number += 1
    }
    taken.insert(candidate)
    names[key] = candidate
    return candidate
  }
}
