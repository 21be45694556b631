#ifndef CCURL_SHIM_H
#define CCURL_SHIM_H

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>

// libcurl is not linked but opened on first use, so nothing here may call a curl function by name.
//
// curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, and Swift imports neither variadic functions
// nor pointers to them. Each wrapper below takes the address of the function and has one type of argument.

typedef CURLcode (*ccurl_easy_variadic)(CURL *, int, ...);
typedef CURLMcode (*ccurl_multi_variadic)(CURLM *, int, ...);

typedef size_t (*ccurl_data_callback)(char *data, size_t size, size_t count, void *user);
typedef int (*ccurl_seek_callback)(void *user, curl_off_t offset, int origin);
typedef curl_socket_t (*ccurl_open_socket_callback)(void *user, curlsocktype purpose, struct curl_sockaddr *address);
typedef int (*ccurl_request_callback)(void *user, char *address, char *own_address, int port, int own_port);
typedef int (*ccurl_socket_callback)(CURL *easy, curl_socket_t socket, int what, void *user, void *socket_user);
typedef int (*ccurl_timer_callback)(CURLM *multi, long milliseconds, void *user);

static inline CURLcode ccurl_set_long(const void *setopt, CURL *easy, CURLoption option, long value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_offset(const void *setopt, CURL *easy, CURLoption option, curl_off_t value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_string(const void *setopt, CURL *easy, CURLoption option, const char *value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_pointer(const void *setopt, CURL *easy, CURLoption option, const void *value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_list(const void *setopt, CURL *easy, CURLoption option, struct curl_slist *value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_data_callback(
    const void *setopt, CURL *easy, CURLoption option, ccurl_data_callback value) {
  return ((ccurl_easy_variadic)setopt)(easy, option, value);
}

static inline CURLcode ccurl_set_seek_callback(const void *setopt, CURL *easy, ccurl_seek_callback value) {
  return ((ccurl_easy_variadic)setopt)(easy, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLcode ccurl_set_request_callback(const void *setopt, CURL *easy, ccurl_request_callback value) {
  return ((ccurl_easy_variadic)setopt)(easy, CURLOPT_PREREQFUNCTION, value);
}

static inline CURLcode ccurl_set_open_socket_callback(
    const void *setopt, CURL *easy, ccurl_open_socket_callback value) {
  return ((ccurl_easy_variadic)setopt)(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}

static inline CURLcode ccurl_get_string(const void *getinfo, CURL *easy, CURLINFO info, const char **value) {
  return ((ccurl_easy_variadic)getinfo)(easy, info, value);
}

static inline CURLcode ccurl_get_long(const void *getinfo, CURL *easy, CURLINFO info, long *value) {
  return ((ccurl_easy_variadic)getinfo)(easy, info, value);
}

static inline CURLcode ccurl_get_pointer(const void *getinfo, CURL *easy, CURLINFO info, void **value) {
  return ((ccurl_easy_variadic)getinfo)(easy, info, value);
}

static inline CURLMcode ccurl_multi_set_long(const void *setopt, CURLM *multi, CURLMoption option, long value) {
  return ((ccurl_multi_variadic)setopt)(multi, option, value);
}

static inline CURLMcode ccurl_multi_set_pointer(
    const void *setopt, CURLM *multi, CURLMoption option, const void *value) {
  return ((ccurl_multi_variadic)setopt)(multi, option, value);
}

static inline CURLMcode ccurl_multi_set_socket_callback(const void *setopt, CURLM *multi, ccurl_socket_callback value) {
  return ((ccurl_multi_variadic)setopt)(multi, CURLMOPT_SOCKETFUNCTION, value);
}

static inline CURLMcode ccurl_multi_set_timer_callback(const void *setopt, CURLM *multi, ccurl_timer_callback value) {
  return ((ccurl_multi_variadic)setopt)(multi, CURLMOPT_TIMERFUNCTION, value);
}

// The result of a finished transfer lies in a union.
static inline CURLcode ccurl_message_result(const CURLMsg *message) { return message->data.result; }

// prctl is variadic as well. The kernel keeps the first 15 bytes.
static inline void ccurl_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

// SOCK_CLOEXEC is an enumerator and a macro, and comes in differently with each C library.
static inline curl_socket_t ccurl_open_socket(const struct curl_sockaddr *address) {
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Macros made of other macros are not all imported.
static const long ccurl_global_default = CURL_GLOBAL_DEFAULT;
static const int ccurl_pause_continue = CURLPAUSE_CONT;
static const int ccurl_pause_receiving = CURLPAUSE_RECV;
static const int ccurl_pause_sending = CURLPAUSE_SEND;
static const size_t ccurl_write_pause = CURL_WRITEFUNC_PAUSE;
static const size_t ccurl_read_pause = CURL_READFUNC_PAUSE;
static const size_t ccurl_read_abort = CURL_READFUNC_ABORT;
static const curl_socket_t ccurl_socket_timeout = CURL_SOCKET_TIMEOUT;
static const long ccurl_one_transfer_per_connection = CURLPIPE_NOTHING;
static const long ccurl_http_2_over_tls = CURL_HTTP_VERSION_2TLS;

#endif
