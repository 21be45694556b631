import ComposeBasic

/// The seconds that a `Retry-After` header asks to wait (RFC 9110, section 10.2.3): a number, or a date.
///
/// A date that has passed is zero. What is no header, or asks for more than a day, is `nil`: nobody waits that long for
/// an answer.
///
/// - Parameter now: seconds since 1970-01-01T00:00:00Z.
func retryAfterSeconds(_ header: String, now: Double) -> Double? {
  let text = header.trimmingBlanks
  let seconds: Double
  if let number = Double(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }) {
    seconds = number
  } else if let date = secondsSinceEpoch(ofHTTPDate: text) {
    seconds = max(0, (date - now).rounded(.up))
  } else {
    return nil
  }
  return (0...86_400).contains(seconds) ? seconds : nil
}

/// Reads a date as HTTP writes it (RFC 9110, section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, and the two old forms
/// `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
func secondsSinceEpoch(ofHTTPDate text: String) -> Double? {
  var words = text.split(whereSeparator: { $0 == " " || $0 == "-" || $0 == "," })
  guard words.count >= 5 else { return nil }
  words.removeFirst()
  // The C form has the month first and the year last.
  if months[words[0].lowercased()] != nil { words = [words[1], words[0], words[3], words[2]] }
  guard words.count >= 4, let day = Int(words[0]), let month = months[words[1].lowercased()], var year = Int(words[2]),
    (1...31).contains(day)
  else { return nil }
  if words[2].count == 2 { year += year < 70 ? 2000 : 1900 }
  let clock = words[3].split(separator: ":").compactMap { Int($0) }
  guard clock.count == 3, (0...23).contains(clock[0]), (0...59).contains(clock[1]), (0...60).contains(clock[2]),
    (1970...9999).contains(year)
  else { return nil }
  let seconds = daysSinceEpoch(year, month, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  return Double(seconds)
}

private let months: [String: Int] = [
  "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
  "dec": 12,
]

/// Days from 1970-01-01 in the Gregorian calendar; years are counted from March, so that a leap day is the last one.
private func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let shifted = month > 2 ? year : year - 1
  let era = shifted / 400
  let yearOfEra = shifted - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
