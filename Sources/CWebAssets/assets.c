#include "CWebAssets.h"

// The registry of embedded page files. A new file needs its two entries here and nothing else.

static const unsigned char app_js[] = {
#embed "assets/app.js"
};
static const unsigned char error_panel_js[] = {
#embed "assets/error-panel.js"
};
static const unsigned char event_stream_js[] = {
#embed "assets/event-stream.js"
};
static const unsigned char favicon_svg[] = {
#embed "assets/favicon.svg"
};
static const unsigned char form_css[] = {
#embed "assets/form.css"
};
static const unsigned char form_js[] = {
#embed "assets/form.js"
};
static const unsigned char format_js[] = {
#embed "assets/format.js"
};
static const unsigned char history_js[] = {
#embed "assets/history.js"
};
static const unsigned char index_html[] = {
#embed "assets/index.html"
};
static const unsigned char output_js[] = {
#embed "assets/output.js"
};
static const unsigned char run_js[] = {
#embed "assets/run.js"
};
static const unsigned char strings_js[] = {
#embed "assets/strings.js"
};
static const unsigned char style_css[] = {
#embed "assets/style.css"
};
static const unsigned char theme_css[] = {
#embed "assets/theme.css"
};
static const unsigned char values_js[] = {
#embed "assets/values.js"
};

#define FILE_ENTRY(name, data) {name, data, sizeof data}

static const web_asset assets[] = {
    FILE_ENTRY("app.js", app_js),
    FILE_ENTRY("error-panel.js", error_panel_js),
    FILE_ENTRY("event-stream.js", event_stream_js),
    FILE_ENTRY("favicon.svg", favicon_svg),
    FILE_ENTRY("form.css", form_css),
    FILE_ENTRY("form.js", form_js),
    FILE_ENTRY("format.js", format_js),
    FILE_ENTRY("history.js", history_js),
    FILE_ENTRY("index.html", index_html),
    FILE_ENTRY("output.js", output_js),
    FILE_ENTRY("run.js", run_js),
    FILE_ENTRY("strings.js", strings_js),
    FILE_ENTRY("style.css", style_css),
    FILE_ENTRY("theme.css", theme_css),
    FILE_ENTRY("values.js", values_js),
};

const web_asset *web_assets(void) { return assets; }

size_t web_asset_count(void) { return sizeof assets / sizeof assets[0]; }
