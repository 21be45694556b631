#include "CCatalog.h"

// The registry of embedded data. A new file needs its two lines here and nothing else.

static const unsigned char anthropic_messages_api[] = {
#embed "apis/anthropic-messages.api"
};
static const unsigned char compose_shape[] = {
#embed "shapes/compose.shape"
};
static const unsigned char components_shape[] = {
#embed "shapes/components.shape"
};
static const unsigned char components_results[] = {
#embed "results/components.results"
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
static const unsigned char openai_embeddings_api[] = {
#embed "apis/openai-embeddings.api"
};
static const unsigned char openai_image_edits_api[] = {
#embed "apis/openai-image-edits.api"
};
static const unsigned char openai_images_api[] = {
#embed "apis/openai-images.api"
};
static const unsigned char openai_responses_api[] = {
#embed "apis/openai-responses.api"
};
static const unsigned char openai_speech_api[] = {
#embed "apis/openai-speech.api"
};
static const unsigned char openai_transcriptions_api[] = {
#embed "apis/openai-transcriptions.api"
};
static const unsigned char workflow_shape[] = {
#embed "shapes/workflow.shape"
};

#define FILE_ENTRY(name, data) {name, data, sizeof data}

static const catalog_file files[] = {
    FILE_ENTRY("anthropic-messages.api", anthropic_messages_api),
    FILE_ENTRY("compose.shape", compose_shape),
    FILE_ENTRY("components.shape", components_shape),
    FILE_ENTRY("components.results", components_results),
    FILE_ENTRY("http-client.shape", http_client_shape),
    FILE_ENTRY("jobs.shape", jobs_shape),
    FILE_ENTRY("openai-chat-completions.api", openai_chat_completions_api),
    FILE_ENTRY("openai-embeddings.api", openai_embeddings_api),
    FILE_ENTRY("openai-image-edits.api", openai_image_edits_api),
    FILE_ENTRY("openai-images.api", openai_images_api),
    FILE_ENTRY("openai-responses.api", openai_responses_api),
    FILE_ENTRY("openai-speech.api", openai_speech_api),
    FILE_ENTRY("openai-transcriptions.api", openai_transcriptions_api),
    FILE_ENTRY("workflow.shape", workflow_shape),
};

const catalog_file *catalog_files(void) { return files; }

size_t catalog_file_count(void) { return sizeof files / sizeof files[0]; }
