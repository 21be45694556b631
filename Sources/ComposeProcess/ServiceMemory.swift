import CProcess

/// Keeps the memory of a service that runs for long close to what it needs: its threads share two pools (mallopt(3)).
///
/// With one pool for almost every thread, which is the default of the C library, 100,000 requests left twice as much
/// behind (`Benchmarks/service disconnects`). Called once, before there are many threads.
package func limitMemoryPools() { cprocess_limit_memory_pools() }

/// Gives memory back that only the start has needed, most of which is code: reading and checking the file is two thirds
/// of what a service that waits would hold. Called once, when the start is over.
package func releaseStartupMemory() { cprocess_release_memory() }
