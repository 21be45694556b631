#define _GNU_SOURCE 1
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef P_PIDFD
#define P_PIDFD 3
#endif
#ifndef CLONE_PIDFD
#define CLONE_PIDFD 0x00001000
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

/// The limit of open descriptors that this process was started with, once it has another.
static struct rlimit first_limit;
static atomic_int is_limit_raised;

void cprocess_raise_descriptor_limit(void) {
  struct rlimit limit;
  if (atomic_load(&is_limit_raised) || getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  first_limit = limit;
  limit.rlim_cur = limit.rlim_max;
  if (setrlimit(RLIMIT_NOFILE, &limit) == 0) atomic_store(&is_limit_raised, 1);
}

void cprocess_limit_memory_pools(void) { mallopt(M_ARENA_MAX, 2); }

static int release_code_of(struct dl_phdr_info *object, size_t size, void *user) {
  (void)size;
  (void)user;
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  for (int index = 0; index < object->dlpi_phnum; index++) {
    const ElfW(Phdr) *part = &object->dlpi_phdr[index];
    // What can be written may hold changes, which would be lost.
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X) || part->p_flags & PF_W) continue;
    uintptr_t start = object->dlpi_addr + part->p_vaddr;
    uintptr_t end = (start + part->p_filesz) & ~(page - 1);
    start = (start + page - 1) & ~(page - 1);
    if (start < end) madvise((void *)start, end - start, MADV_DONTNEED);
  }
  return 0;
}

void cprocess_release_memory(void) {
  malloc_trim(0);
  dl_iterate_phdr(release_code_of, NULL);
}

/// What the child and its parent share while the parent waits for exec.
struct child {
  const struct cprocess_request *request;
  pid_t parent;
  volatile int error;
  volatile int stage;
};

static int give_up(struct child *child, int stage) {
  child->stage = stage;
  child->error = errno;
  _exit(127);
}

/// Runs in the memory of the parent, on a stack of its own: system calls only.
static int run_child(void *pointer) {
  struct child *child = pointer;
  const struct cprocess_request *request = child->request;

  // Handlers would run in the parent's memory, and ignored signals would stay ignored behind exec.
  // The system call itself, because the library hides two signals that may be ignored as well; all bits zero is SIG_DFL
  // without flags, however long the machine's structure is.
  const uint64_t standard[8] = {0};
  for (int number = 1; number <= 64; number++) syscall(SYS_rt_sigaction, number, standard, NULL, 8);

  if (setpgid(0, 0) != 0) return give_up(child, CPROCESS_SETUP);
  // The parent may have died before this line; then nobody would send the signal any more.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return give_up(child, CPROCESS_SETUP);
  if (getppid() != child->parent) _exit(127);

  // Out of the way first: one of them may be the place of another.
  int descriptors[3];
  for (int index = 0; index < 3; index++) {
    descriptors[index] = request->descriptors[index];
    if (descriptors[index] < 3) descriptors[index] = fcntl(descriptors[index], F_DUPFD, 3);
    if (descriptors[index] < 0) return give_up(child, CPROCESS_SETUP);
  }
  for (int index = 0; index < 3; index++)
    if (dup2(descriptors[index], index) < 0) return give_up(child, CPROCESS_SETUP);
  if (syscall(SYS_close_range, 3, ~0U, 0) != 0) {
    long last = sysconf(_SC_OPEN_MAX);
    for (long descriptor = 3; descriptor < last; descriptor++) close((int)descriptor);
  }

  if (request->working_directory != NULL && chdir(request->working_directory) != 0)
    return give_up(child, CPROCESS_WORKING_DIRECTORY);

  if (atomic_load(&is_limit_raised) && setrlimit(RLIMIT_NOFILE, &first_limit) != 0)
    return give_up(child, CPROCESS_SETUP);

  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);

  // The first error that says more than "not there" is the one to report, as execvp(3) and Python do.
  int error = ENOENT;
  for (char *const *program = request->programs; *program != NULL; program++) {
    execve(*program, request->arguments, request->environment);
    if (errno != ENOENT && errno != ENOTDIR && error == ENOENT) error = errno;
  }
  errno = error;
  return give_up(child, CPROCESS_EXECUTE);
}

struct cprocess_result cprocess_start(const struct cprocess_request *request) {
  struct cprocess_result result = {.process = -1, .descriptor = -1};
  struct child child = {.request = request, .parent = getpid()};
  const size_t stack_size = 256 * 1024;
  char *stack = mmap(NULL, stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (stack == MAP_FAILED) {
    result.error = errno;
    return result;
  }
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  // As posix_spawn(3) does it: no copy of the memory, and no handler of ours can run in the child.
  int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
  pid_t process = clone(run_child, stack + stack_size, flags, &child, &result.descriptor);
  int error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  munmap(stack, stack_size);
  if (process < 0) {
    result.error = error;
    result.stage = CPROCESS_CLONE;
    return result;
  }
  if (child.error != 0) {
    result.error = child.error;
    result.stage = child.stage;
    cprocess_reap(result.descriptor);
    close(result.descriptor);
    result.descriptor = -1;
    return result;
  }
  result.process = process;
  return result;
}

int cprocess_peek(int descriptor, int *code, int *is_signal) {
  siginfo_t info = {0};
  int status;
  do {
    status = waitid((idtype_t)P_PIDFD, (id_t)descriptor, &info, WEXITED | WNOHANG | WNOWAIT);
  } while (status != 0 && errno == EINTR);
  if (status != 0) return -1;
  if (info.si_pid == 0) return 0;
  *is_signal = info.si_code != CLD_EXITED;
  *code = info.si_status;
  return 1;
}

void cprocess_reap(int descriptor) {
  siginfo_t info;
  int status;
  do {
    status = waitid((idtype_t)P_PIDFD, (id_t)descriptor, &info, WEXITED);
  } while (status != 0 && errno == EINTR);
}

void cprocess_reap_orphans(pid_t group) {
  siginfo_t info;
  do {
    info = (siginfo_t){0};
  } while (waitid(P_PGID, (id_t)group, &info, WEXITED | WNOHANG) == 0 && info.si_pid != 0);
}

ssize_t cprocess_write(int descriptor, const void *bytes, size_t count) {
  sigset_t pipe, before, pending;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &pipe, &before);
  ssize_t written;
  do {
    written = write(descriptor, bytes, count);
  } while (written < 0 && errno == EINTR);
  if (written < 0) {
    int error = errno;
    // The signal of this write is taken back, unless one was waiting before.
    if (error == EPIPE && !sigismember(&pending, SIGPIPE)) {
      const struct timespec now = {0};
      while (sigtimedwait(&pipe, NULL, &now) < 0 && errno == EINTR) {}
    }
    written = -error;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return written;
}

int cprocess_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

void cprocess_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
