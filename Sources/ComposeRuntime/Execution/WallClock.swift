import Glibc

/// The time of day in milliseconds since 1970, for ids that sort by it.
package func millisecondsSinceEpoch() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
}
