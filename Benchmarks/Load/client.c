// Many clients of a service, on one thread: each has a connection, and asks again as soon as it has its answer.
//
//     client --port N --path PATH --body FILE --form FORM --clients N --requests N [--chunks N --bytes N --stamps]
//            [--gap-between-starts MICROSECONDS] [--seconds N]
//
// FORM says what answers are: `text` (events whose data is the text), `openai` (events of a provider) or `json`. Every
// byte of a text is checked. Prints one line of JSON; exits with 1 when an answer was not what it had to be.
#define _GNU_SOURCE 1
#include <getopt.h>

#include "wire.h"

enum form { form_text, form_openai, form_json };

static enum form form = form_text;
static long expected_chunks = -1, expected_bytes;
static bool has_stamps;
static struct buffer request;
static int port, epoll;
static long wanted, begun, good, bad, chunks;
static uint64_t last_end;

/// Figures whose quantiles are wanted.
struct figures {
  double *values;
  size_t count, capacity;
};

static struct figures first_bytes, totals, latencies;

static void note(struct figures *figures, double value) {
  if (figures->count == figures->capacity) {
    figures->capacity = figures->capacity ? 2 * figures->capacity : 4096;
    figures->values = realloc(figures->values, figures->capacity * sizeof *figures->values);
    if (!figures->values) fail("realloc");
  }
  figures->values[figures->count++] = value;
}

static int by_size(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static double quantile(const struct figures *figures, double part) {
  return figures->count ? figures->values[(size_t)(part * (double)(figures->count - 1))] : 0;
}

static void print(const char *name, struct figures *figures) {
  qsort(figures->values, figures->count, sizeof *figures->values, by_size);
  printf(", \"%s\": {\"p50\": %.4f, \"p99\": %.4f}", name, quantile(figures, 0.5), quantile(figures, 0.99));
}

// MARK: Clients

struct client {
  int socket;
  bool is_connecting;
  size_t sent;
  struct buffer in, line;
  struct message message;
  char head[4096];
  uint64_t start;
  bool has_first, is_wrong;
  long chunks, position;
};

static void begin(struct client *client);

static void end(struct client *client, bool is_whole) {
  last_end = nanoseconds();
  bool has_status = strstr(client->head, " 200 ") != NULL;
  bool has_all = form == form_json || expected_chunks < 0 || client->chunks == expected_chunks;
  if (is_whole && has_status && has_all && !client->is_wrong) {
    good++;
    note(&totals, (double)(last_end - client->start) / 1e6);
  } else {
    bad++;
  }
  if (!is_whole) {
    close(client->socket);
    client->socket = -1;
  }
  begin(client);
}

/// Checks the text of a chunk.
static void take_text(struct client *client, const char *text, size_t size) {
  client->chunks++;
  chunks++;
  size_t skipped = 0;
  if (has_stamps && size >= 16) {
    char stamp[17];
    memcpy(stamp, text, 16);
    stamp[16] = 0;
    note(&latencies, (double)(nanoseconds() - strtoull(stamp, NULL, 16)) / 1e3);
    skipped = 16;
  }
  long position = (client->chunks - 1) * expected_bytes;
  if (expected_chunks >= 0 && (long)size != expected_bytes) client->is_wrong = true;
  for (size_t index = skipped; index < size; index++)
    if (text[index] != (char)('a' + (position + (long)(index - skipped)) % 26)) client->is_wrong = true;
}

static void take_line(void *owner, const char *line, size_t size) {
  struct client *client = owner;
  if (size < 6 || memcmp(line, "data: ", 6)) return;
  line += 6;
  size -= 6;
  if (form == form_text) {
    // The last event carries no text.
    if (size > 0) take_text(client, line, size);
    return;
  }
  const char *name = memmem(line, size, "\"content\":\"", 11);
  if (!name) return;
  const char *text = name + 11, *quote = memchr(text, '"', size - (size_t)(text - line));
  if (quote) take_text(client, text, (size_t)(quote - text));
}

static void take(struct client *client, const char *bytes, size_t size) {
  if (!client->has_first) {
    client->has_first = true;
    note(&first_bytes, (double)(nanoseconds() - client->start) / 1e6);
  }
  if (form != form_json) each_line(&client->line, bytes, size, take_line, client);
}

static void send_request(struct client *client) {
  while (client->sent < length(&request)) {
    ssize_t sent = send(client->socket, request.bytes + client->sent, length(&request) - client->sent, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN) return;
    if (sent < 0) return end(client, false);
    client->sent += (size_t)sent;
  }
  watch(epoll, EPOLL_CTL_MOD, client->socket, EPOLLIN, client);
}

static void begin(struct client *client) {
  if (begun >= wanted) return;
  begun++;
  client->message = (struct message){0};
  client->in.start = client->in.end = client->line.start = client->line.end = 0;
  client->head[0] = 0;
  client->sent = 0;
  client->has_first = client->is_wrong = false;
  client->chunks = 0;
  client->start = nanoseconds();
  if (client->socket >= 0) return send_request(client);
  client->socket = begin_to_connect(port);
  client->is_connecting = true;
  watch(epoll, EPOLL_CTL_ADD, client->socket, EPOLLOUT, client);
}

static void read_answer(struct client *client) {
  enum transfer outcome = receive(client->socket, &client->in, 1 << 18);
  if (outcome == transfer_over) return end(client, false);
  for (;;) {
    size_t size;
    bool is_complete;
    const char *bytes = next_part(&client->message, &client->in, client->head, sizeof client->head, &size, &is_complete);
    if (bytes) take(client, bytes, size);
    if (is_complete) return end(client, true);
    if (!bytes) return;
  }
}

// MARK: The program

static void read_body(const char *path, const char *url_path) {
  static char body[65536], head[512];
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  size_t size = fread(body, 1, sizeof body, file);
  fclose(file);
  snprintf(head, sizeof head,
           "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
           url_path, port, size);
  add_text(&request, head);
  add(&request, body, size);
}

int main(int count, char **arguments) {
  const char *path = "/", *body = NULL;
  long clients = 1, start_gap = 0;
  double seconds = 120;
  static const struct option options[] = {
      {"port", 1, 0, 'p'},   {"path", 1, 0, 'u'},  {"body", 1, 0, 'b'},    {"form", 1, 0, 'f'},
      {"clients", 1, 0, 'c'}, {"requests", 1, 0, 'n'}, {"chunks", 1, 0, 'k'}, {"bytes", 1, 0, 'z'},
      {"stamps", 0, 0, 's'}, {"gap-between-starts", 1, 0, 'g'}, {"seconds", 1, 0, 't'}, {0, 0, 0, 0}};
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) switch (option) {
      case 'p': port = atoi(optarg); break;
      case 'u': path = optarg; break;
      case 'b': body = optarg; break;
      case 'f': form = !strcmp(optarg, "json") ? form_json : !strcmp(optarg, "openai") ? form_openai : form_text; break;
      case 'c': clients = atol(optarg); break;
      case 'n': wanted = atol(optarg); break;
      case 'k': expected_chunks = atol(optarg); break;
      case 'z': expected_bytes = atol(optarg); break;
      case 's': has_stamps = true; break;
      case 'g': start_gap = atol(optarg); break;
      case 't': seconds = atof(optarg); break;
      default: return 2;
    }
  if (!body || !port) {
    fprintf(stderr, "usage: see the head of client.c\n");
    return 2;
  }
  read_body(body, path);
  raise_descriptor_limit();
  if (wanted < clients) wanted = clients;
  epoll = epoll_create1(EPOLL_CLOEXEC);
  struct client *all = calloc((size_t)clients, sizeof *all);
  if (!all) fail("calloc");
  uint64_t start = nanoseconds(), limit = start + (uint64_t)(seconds * 1e9);
  long started = 0;
  struct epoll_event events[512];
  while (good + bad < wanted && nanoseconds() < limit) {
    while (started < clients && nanoseconds() >= start + (uint64_t)(started * start_gap) * 1000) {
      all[started].socket = -1;
      begin(&all[started++]);
    }
    int ready = epoll_wait(epoll, events, 512, started < clients ? 1 : 100);
    for (int index = 0; index < ready; index++) {
      struct client *client = events[index].data.ptr;
      if (client->socket < 0) continue;
      if (client->is_connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(client->socket, SOL_SOCKET, SO_ERROR, &error, &size);
        client->is_connecting = false;
        if (error) {
          end(client, false);
          continue;
        }
      }
      if (client->sent < length(&request)) send_request(client);
      if (client->socket >= 0 && events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read_answer(client);
    }
  }
  double elapsed = (double)((last_end ? last_end : nanoseconds()) - start) / 1e9;
  printf("{\"good\": %ld, \"bad\": %ld, \"seconds\": %.6f, \"chunks\": %ld, \"chunks_per_second\": %.1f, "
         "\"requests_per_second\": %.1f",
         good, wanted - good, elapsed, chunks, (double)chunks / elapsed, (double)good / elapsed);
  print("first_byte_ms", &first_bytes);
  print("total_ms", &totals);
  print("latency_us", &latencies);
  printf("}\n");
  return good == wanted ? 0 : 1;
}
