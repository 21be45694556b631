// What the provider, the relay and the client have in common: growing buffers, epoll, and just enough of HTTP/1.1 to
// speak to each other and to the program that is measured. Everything runs on one thread.
#pragma once

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static inline uint64_t nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static inline void fail(const char *what) {
  perror(what);
  exit(1);
}

// MARK: Buffers

/// Bytes that are added behind and taken in front.
struct buffer {
  char *bytes;
  size_t start, end, capacity;
};

static inline size_t length(const struct buffer *buffer) { return buffer->end - buffer->start; }

/// Room for so many bytes behind the last.
static inline char *room(struct buffer *buffer, size_t size) {
  if (buffer->start == buffer->end) buffer->start = buffer->end = 0;
  if (buffer->end + size > buffer->capacity) {
    if (buffer->start > 0) {
      memmove(buffer->bytes, buffer->bytes + buffer->start, length(buffer));
      buffer->end -= buffer->start;
      buffer->start = 0;
    }
    while (buffer->end + size > buffer->capacity) buffer->capacity = buffer->capacity ? 2 * buffer->capacity : 1024;
    buffer->bytes = realloc(buffer->bytes, buffer->capacity);
    if (!buffer->bytes) fail("realloc");
  }
  return buffer->bytes + buffer->end;
}

static inline void add(struct buffer *buffer, const void *bytes, size_t size) {
  memcpy(room(buffer, size), bytes, size);
  buffer->end += size;
}

static inline void add_text(struct buffer *buffer, const char *text) { add(buffer, text, strlen(text)); }

// MARK: Sockets

enum transfer { transfer_done, transfer_later, transfer_over };

/// Sends what is in the buffer, as far as the socket takes it.
static inline enum transfer send_all(int socket, struct buffer *buffer) {
  while (length(buffer) > 0) {
    ssize_t sent = send(socket, buffer->bytes + buffer->start, length(buffer), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno == EAGAIN ? transfer_later : transfer_over;
    buffer->start += (size_t)sent;
  }
  return transfer_done;
}

/// Receives once, up to so many bytes.
static inline enum transfer receive(int socket, struct buffer *buffer, size_t size) {
  ssize_t received = recv(socket, room(buffer, size), size, 0);
  if (received < 0 && (errno == EAGAIN || errno == EINTR)) return transfer_later;
  if (received <= 0) return transfer_over;
  buffer->end += (size_t)received;
  return transfer_done;
}

static inline int listen_on_any_port(int *port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, (struct sockaddr *)&address, size) || listen(listener, 4096)) fail("listen");
  if (getsockname(listener, (struct sockaddr *)&address, &size)) fail("getsockname");
  *port = ntohs(address.sin_port);
  return listener;
}

static inline void watch(int epoll, int operation, int descriptor, uint32_t events, void *owner) {
  struct epoll_event event = {.events = events, .data.ptr = owner};
  if (epoll_ctl(epoll, operation, descriptor, &event)) fail("epoll_ctl");
}

static inline int begin_to_connect(int port) {
  int connection = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), yes = 1;
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connection < 0) fail("socket");
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
  return connection;
}


static inline void raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/// Takes all connections that wait, and watches each. Its owner has `size` bytes of zeros, and its socket in front.
static inline void take_connections(int listener, int epoll, size_t size) {
  for (int connection, yes = 1; (connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    int *owner = calloc(1, size);
    if (!owner) fail("calloc");
    *owner = connection;
    watch(epoll, EPOLL_CTL_ADD, connection, EPOLLIN, owner);
  }
}

/// Listens at a port of the system's choice, prints it, and watches for connections, whose owner is `NULL`.
static inline int begin_to_serve(int *epoll) {
  int port, listener = listen_on_any_port(&port);
  raise_descriptor_limit();
  *epoll = epoll_create1(EPOLL_CLOEXEC);
  watch(*epoll, EPOLL_CTL_ADD, listener, EPOLLIN, NULL);
  printf("%d\n", port);
  fflush(stdout);
  return listener;
}

/// Calls the function with each whole line, without its end; the rest stays in the buffer for the next bytes.
static inline void each_line(
    struct buffer *rest, const char *bytes, size_t size, void (*take)(void *, const char *, size_t), void *owner) {
  while (size > 0) {
    const char *newline = memchr(bytes, '\n', size);
    size_t count = newline ? (size_t)(newline - bytes) : size;
    if (length(rest) > 0 || !newline) add(rest, bytes, count);
    if (!newline) return;
    if (length(rest) > 0) {
      take(owner, rest->bytes + rest->start, length(rest));
      rest->start = rest->end = 0;
    } else {
      take(owner, bytes, count);
    }
    bytes += count + 1;
    size -= count + 1;
  }
}

// MARK: Messages

/// Reads one HTTP/1.1 message after the other: its head, then its body, whose framing is undone.
struct message {
  enum { reading_head, reading_length, reading_size, reading_chunk, reading_chunk_end, reading_trailer } phase;
  /// How much of the body, or of the chunk, is left.
  size_t left;
  bool has_head;
};

/// The value of a header in a head that ends with a zero; `NULL` when it is not there.
static inline const char *header(const char *head, const char *name) {
  const char *found = strcasestr(head, name);
  return found ? found + strlen(name) : NULL;
}

/// Takes bytes of a message out of the buffer.
///
/// Returns the bytes of the body that come next, with their number in `size`, and `NULL` when more has to be received.
/// At the end `is_complete` is set, and the next call begins the next message. A head that has just been read stays in
/// `head`, which is as long as `head_size`.
static inline const char *next_part(
    struct message *message, struct buffer *buffer, char *head, size_t head_size, size_t *size, bool *is_complete) {
  *size = 0;
  *is_complete = false;
  for (;;) {
    char *bytes = buffer->bytes + buffer->start;
    size_t count = length(buffer);
    switch (message->phase) {
      case reading_head: {
        char *end = count ? memmem(bytes, count, "\r\n\r\n", 4) : NULL;
        if (!end) return NULL;
        size_t head_length = (size_t)(end - bytes);
        if (head_length >= head_size) fail("a head is too long");
        memcpy(head, bytes, head_length);
        head[head_length] = 0;
        buffer->start += head_length + 4;
        message->has_head = true;
        const char *coding = header(head, "\r\ntransfer-encoding:"), *sized = header(head, "\r\ncontent-length:");
        message->left = sized ? strtoul(sized, NULL, 10) : 0;
        message->phase = coding ? reading_size : reading_length;
        break;
      }
      case reading_length:
        if (message->left == 0) {
          *message = (struct message){0};
          *is_complete = true;
          return NULL;
        }
        if (count == 0) return NULL;
        *size = count < message->left ? count : message->left;
        message->left -= *size;
        buffer->start += *size;
        return bytes;
      case reading_size: {
        char *end = count ? memchr(bytes, '\n', count) : NULL;
        if (!end) return NULL;
        message->left = strtoul(bytes, NULL, 16);
        buffer->start += (size_t)(end - bytes) + 1;
        message->phase = message->left ? reading_chunk : reading_trailer;
        break;
      }
      case reading_chunk:
        if (count == 0) return NULL;
        *size = count < message->left ? count : message->left;
        message->left -= *size;
        buffer->start += *size;
        if (message->left == 0) message->phase = reading_chunk_end;
        return bytes;
      case reading_chunk_end:
        if (count < 2) return NULL;
        buffer->start += 2;
        message->phase = reading_size;
        break;
      case reading_trailer: {
        char *end = count ? memchr(bytes, '\n', count) : NULL;
        if (!end) return NULL;
        bool is_empty = end - bytes <= 1;
        buffer->start += (size_t)(end - bytes) + 1;
        if (!is_empty) break;
        *message = (struct message){0};
        *is_complete = true;
        return NULL;
      }
    }
  }
}
