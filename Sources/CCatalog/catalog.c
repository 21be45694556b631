#include "CCatalog.h"

// The registry of embedded data. A new file needs its two lines here and nothing else.

static const unsigned char compose_shape[] = {
#embed "shapes/compose.shape"
};
static const unsigned char components_shape[] = {
#embed "shapes/components.shape"
};
static const unsigned char http_client_shape[] = {
#embed "shapes/http-client.shape"
};
static const unsigned char jobs_shape[] = {
#embed "shapes/jobs.shape"
};
static const unsigned char openai_chat_completions_api[] = {
#embed "apis/openai-chat-completions.api"
};
static const unsigned char workflow_shape[] = {
#embed "shapes/workflow.shape"
};

#define FILE_ENTRY(name, data) {name, data, sizeof data}

static const catalog_file files[] = {
    FILE_ENTRY("compose.shape", compose_shape),
    FILE_ENTRY("components.shape", components_shape),
    FILE_ENTRY("http-client.shape", http_client_shape),
    FILE_ENTRY("jobs.shape", jobs_shape),
    FILE_ENTRY("openai-chat-completions.api", openai_chat_completions_api),
    FILE_ENTRY("workflow.shape", workflow_shape),
};

const catalog_file *catalog_files(void) { return files; }

size_t catalog_file_count(void) { return sizeof files / sizeof files[0]; }
