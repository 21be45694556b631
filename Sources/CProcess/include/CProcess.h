#ifndef C_PROCESS_H
#define C_PROCESS_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/types.h>

// Starts a program between fork and exec in C: nothing but system calls may happen there (vfork(2), signal-safety(7)),
// and the runtime of Swift promises no such thing.

/// What is started. Pointers are only read, and only during the call.
struct cprocess_request {
  /// Paths of the program, ended by NULL; the first that can be executed is.
  char *const *programs;
  /// Ended by NULL.
  char *const *arguments;
  /// `NAME=value`, ended by NULL.
  char *const *environment;
  /// Where the program begins; NULL where this process is.
  const char *working_directory;
  /// Descriptors 0, 1 and 2 of the program. They stay open here.
  int descriptors[3];
};

/// What failed, when a start fails.
enum cprocess_stage {
  CPROCESS_CLONE = 0,
  CPROCESS_SETUP = 1,
  CPROCESS_WORKING_DIRECTORY = 2,
  CPROCESS_EXECUTE = 3,
};

struct cprocess_result {
  /// The id of the process, which leads a process group of that number.
  pid_t process;
  /// Readable when the process has ended (pidfd_open(2)).
  int descriptor;
  /// `errno` and what it is about; 0 when the program runs.
  int error;
  int stage;
};

/// Starts a program in a process group of its own. It gets three descriptors and no other, no blocked or ignored
/// signal, and SIGKILL when the calling thread ends. The caller must be a thread that lives as long as the program is
/// wanted.
struct cprocess_result cprocess_start(const struct cprocess_request *request);

/// How a process ended, which stays to be reaped. `code` is the exit status, or the signal when `is_signal` is 1.
/// Returns 1 when it has ended, 0 when it runs, and -1 when it is no child.
int cprocess_peek(int descriptor, int *code, int *is_signal);

/// Reaps a process that has ended.
void cprocess_reap(int descriptor);

/// Reaps members of a group that came to this process because their parents have died, which happens to the first
/// process of a container. The leader must have been reaped.
void cprocess_reap_orphans(pid_t group);

/// Raises this process' own limit of open descriptors to what the system allows it. Programs that are started later get
/// the limit that was there before: some of them cannot use large numbers (select(2)), or close every number that there
/// may be.
void cprocess_raise_descriptor_limit(void);

/// Lets all threads share two pools of memory (mallopt(3)). With one for almost every thread, which is the default, what
/// one of them has freed lies unused while another one asks the system for more.
void cprocess_limit_memory_pools(void);

/// Gives memory back to the system: what was freed (malloc_trim(3)), and the pages in which the code of the program and
/// its libraries is mapped (madvise(2), `MADV_DONTNEED`). Code that is needed again comes back page by page, mostly
/// without a look at the disk.
void cprocess_release_memory(void);

/// Writes without raising SIGPIPE. Returns what write(2) does, with -errno for an error.
ssize_t cprocess_write(int descriptor, const void *bytes, size_t count);

/// Both ends of a new pipe, closed by exec. Returns 0, or -1 with `errno`.
int cprocess_pipe(int ends[2]);

/// Names the calling thread for debuggers.
void cprocess_name_thread(const char *name);

#endif
