#include "CWebAssets.h"

// The registry of embedded page files. A new file needs its two entries here and nothing else.

static const unsigned char api_dialog_js[] = {
#embed "assets/api-dialog.js"
};
static const unsigned char api_js[] = {
#embed "assets/api.js"
};
static const unsigned char app_js[] = {
#embed "assets/app.js"
};
static const unsigned char appearance_js[] = {
#embed "assets/appearance.js"
};
static const unsigned char clipboard_js[] = {
#embed "assets/clipboard.js"
};
static const unsigned char confirm_dialog_js[] = {
#embed "assets/confirm-dialog.js"
};
static const unsigned char copy_button_js[] = {
#embed "assets/copy-button.js"
};
static const unsigned char curl_js[] = {
#embed "assets/curl.js"
};
static const unsigned char dom_js[] = {
#embed "assets/dom.js"
};
static const unsigned char drafts_js[] = {
#embed "assets/drafts.js"
};
static const unsigned char earlier_run_js[] = {
#embed "assets/earlier-run.js"
};
static const unsigned char error_panel_js[] = {
#embed "assets/error-panel.js"
};
static const unsigned char error_css[] = {
#embed "assets/error.css"
};
static const unsigned char event_stream_js[] = {
#embed "assets/event-stream.js"
};
static const unsigned char favicon_svg[] = {
#embed "assets/favicon.svg"
};
static const unsigned char follow_end_js[] = {
#embed "assets/follow-end.js"
};
static const unsigned char form_choice_js[] = {
#embed "assets/form-choice.js"
};
static const unsigned char form_file_js[] = {
#embed "assets/form-file.js"
};
static const unsigned char form_json_js[] = {
#embed "assets/form-json.js"
};
static const unsigned char form_list_js[] = {
#embed "assets/form-list.js"
};
static const unsigned char form_recorder_js[] = {
#embed "assets/form-recorder.js"
};
static const unsigned char form_row_js[] = {
#embed "assets/form-row.js"
};
static const unsigned char form_text_js[] = {
#embed "assets/form-text.js"
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
static const unsigned char graph_details_js[] = {
#embed "assets/graph-details.js"
};
static const unsigned char graph_node_js[] = {
#embed "assets/graph-node.js"
};
static const unsigned char graph_view_js[] = {
#embed "assets/graph-view.js"
};
static const unsigned char graph_zoom_js[] = {
#embed "assets/graph-zoom.js"
};
static const unsigned char graph_css[] = {
#embed "assets/graph.css"
};
static const unsigned char health_js[] = {
#embed "assets/health.js"
};
static const unsigned char history_store_js[] = {
#embed "assets/history-store.js"
};
static const unsigned char history_view_js[] = {
#embed "assets/history-view.js"
};
static const unsigned char index_html[] = {
#embed "assets/index.html"
};
static const unsigned char interrupt_panel_js[] = {
#embed "assets/interrupt-panel.js"
};
static const unsigned char interrupt_point_js[] = {
#embed "assets/interrupt-point.js"
};
static const unsigned char interrupt_css[] = {
#embed "assets/interrupt.css"
};
static const unsigned char job_list_js[] = {
#embed "assets/job-list.js"
};
static const unsigned char job_states_js[] = {
#embed "assets/job-states.js"
};
static const unsigned char json_row_js[] = {
#embed "assets/json-row.js"
};
static const unsigned char json_search_js[] = {
#embed "assets/json-search.js"
};
static const unsigned char json_stream_js[] = {
#embed "assets/json-stream.js"
};
static const unsigned char json_text_js[] = {
#embed "assets/json-text.js"
};
static const unsigned char json_tree_js[] = {
#embed "assets/json-tree.js"
};
static const unsigned char json_view_js[] = {
#embed "assets/json-view.js"
};
static const unsigned char json_css[] = {
#embed "assets/json.css"
};
static const unsigned char key_prompt_js[] = {
#embed "assets/key-prompt.js"
};
static const unsigned char keyboard_js[] = {
#embed "assets/keyboard.js"
};
static const unsigned char layout_css[] = {
#embed "assets/layout.css"
};
static const unsigned char layout_js[] = {
#embed "assets/layout.js"
};
static const unsigned char markdown_css[] = {
#embed "assets/markdown.css"
};
static const unsigned char markdown_addresses_js[] = {
#embed "assets/markdown/addresses.js"
};
static const unsigned char markdown_autolinks_js[] = {
#embed "assets/markdown/autolinks.js"
};
static const unsigned char markdown_blocks_js[] = {
#embed "assets/markdown/blocks.js"
};
static const unsigned char markdown_code_block_js[] = {
#embed "assets/markdown/code-block.js"
};
static const unsigned char markdown_definitions_js[] = {
#embed "assets/markdown/definitions.js"
};
static const unsigned char markdown_emphasis_js[] = {
#embed "assets/markdown/emphasis.js"
};
static const unsigned char markdown_inline_render_js[] = {
#embed "assets/markdown/inline-render.js"
};
static const unsigned char markdown_inline_js[] = {
#embed "assets/markdown/inline.js"
};
static const unsigned char markdown_leaves_js[] = {
#embed "assets/markdown/leaves.js"
};
static const unsigned char markdown_line_js[] = {
#embed "assets/markdown/line.js"
};
static const unsigned char markdown_links_js[] = {
#embed "assets/markdown/links.js"
};
static const unsigned char markdown_marks_js[] = {
#embed "assets/markdown/marks.js"
};
static const unsigned char markdown_render_js[] = {
#embed "assets/markdown/render.js"
};
static const unsigned char markdown_signs_js[] = {
#embed "assets/markdown/signs.js"
};
static const unsigned char markdown_table_render_js[] = {
#embed "assets/markdown/table-render.js"
};
static const unsigned char markdown_tables_js[] = {
#embed "assets/markdown/tables.js"
};
static const unsigned char markdown_text_js[] = {
#embed "assets/markdown/text.js"
};
static const unsigned char markdown_view_js[] = {
#embed "assets/markdown/view.js"
};
static const unsigned char media_view_js[] = {
#embed "assets/media-view.js"
};
static const unsigned char media_js[] = {
#embed "assets/media.js"
};
static const unsigned char next_frame_js[] = {
#embed "assets/next-frame.js"
};
static const unsigned char outcome_js[] = {
#embed "assets/outcome.js"
};
static const unsigned char output_view_js[] = {
#embed "assets/output-view.js"
};
static const unsigned char output_css[] = {
#embed "assets/output.css"
};
static const unsigned char plain_text_js[] = {
#embed "assets/plain-text.js"
};
static const unsigned char rail_css[] = {
#embed "assets/rail.css"
};
static const unsigned char recent_runs_js[] = {
#embed "assets/recent-runs.js"
};
static const unsigned char request_js[] = {
#embed "assets/request.js"
};
static const unsigned char result_css[] = {
#embed "assets/result.css"
};
static const unsigned char result_js[] = {
#embed "assets/result.js"
};
static const unsigned char run_clock_js[] = {
#embed "assets/run-clock.js"
};
static const unsigned char run_js[] = {
#embed "assets/run.js"
};
static const unsigned char session_js[] = {
#embed "assets/session.js"
};
static const unsigned char storage_js[] = {
#embed "assets/storage.js"
};
static const unsigned char strings_en_js[] = {
#embed "assets/strings-en.js"
};
static const unsigned char strings_ko_js[] = {
#embed "assets/strings-ko.js"
};
static const unsigned char strings_panels_js[] = {
#embed "assets/strings-panels.js"
};
static const unsigned char strings_js[] = {
#embed "assets/strings.js"
};
static const unsigned char style_css[] = {
#embed "assets/style.css"
};
static const unsigned char svg_import_js[] = {
#embed "assets/svg-import.js"
};
static const unsigned char task_stream_js[] = {
#embed "assets/task-stream.js"
};
static const unsigned char text_output_js[] = {
#embed "assets/text-output.js"
};
static const unsigned char theme_css[] = {
#embed "assets/theme.css"
};
static const unsigned char theme_js[] = {
#embed "assets/theme.js"
};
static const unsigned char value_view_js[] = {
#embed "assets/value-view.js"
};
static const unsigned char values_js[] = {
#embed "assets/values.js"
};
static const unsigned char workflow_list_js[] = {
#embed "assets/workflow-list.js"
};

#define FILE_ENTRY(name, data) {name, data, sizeof data}

static const web_asset assets[] = {
    FILE_ENTRY("api-dialog.js", api_dialog_js),
    FILE_ENTRY("api.js", api_js),
    FILE_ENTRY("app.js", app_js),
    FILE_ENTRY("appearance.js", appearance_js),
    FILE_ENTRY("clipboard.js", clipboard_js),
    FILE_ENTRY("confirm-dialog.js", confirm_dialog_js),
    FILE_ENTRY("copy-button.js", copy_button_js),
    FILE_ENTRY("curl.js", curl_js),
    FILE_ENTRY("dom.js", dom_js),
    FILE_ENTRY("drafts.js", drafts_js),
    FILE_ENTRY("earlier-run.js", earlier_run_js),
    FILE_ENTRY("error-panel.js", error_panel_js),
    FILE_ENTRY("error.css", error_css),
    FILE_ENTRY("event-stream.js", event_stream_js),
    FILE_ENTRY("favicon.svg", favicon_svg),
    FILE_ENTRY("follow-end.js", follow_end_js),
    FILE_ENTRY("form-choice.js", form_choice_js),
    FILE_ENTRY("form-file.js", form_file_js),
    FILE_ENTRY("form-json.js", form_json_js),
    FILE_ENTRY("form-list.js", form_list_js),
    FILE_ENTRY("form-recorder.js", form_recorder_js),
    FILE_ENTRY("form-row.js", form_row_js),
    FILE_ENTRY("form-text.js", form_text_js),
    FILE_ENTRY("form.css", form_css),
    FILE_ENTRY("form.js", form_js),
    FILE_ENTRY("format.js", format_js),
    FILE_ENTRY("graph-details.js", graph_details_js),
    FILE_ENTRY("graph-node.js", graph_node_js),
    FILE_ENTRY("graph-view.js", graph_view_js),
    FILE_ENTRY("graph-zoom.js", graph_zoom_js),
    FILE_ENTRY("graph.css", graph_css),
    FILE_ENTRY("health.js", health_js),
    FILE_ENTRY("history-store.js", history_store_js),
    FILE_ENTRY("history-view.js", history_view_js),
    FILE_ENTRY("index.html", index_html),
    FILE_ENTRY("interrupt-panel.js", interrupt_panel_js),
    FILE_ENTRY("interrupt-point.js", interrupt_point_js),
    FILE_ENTRY("interrupt.css", interrupt_css),
    FILE_ENTRY("job-list.js", job_list_js),
    FILE_ENTRY("job-states.js", job_states_js),
    FILE_ENTRY("json-row.js", json_row_js),
    FILE_ENTRY("json-search.js", json_search_js),
    FILE_ENTRY("json-stream.js", json_stream_js),
    FILE_ENTRY("json-text.js", json_text_js),
    FILE_ENTRY("json-tree.js", json_tree_js),
    FILE_ENTRY("json-view.js", json_view_js),
    FILE_ENTRY("json.css", json_css),
    FILE_ENTRY("key-prompt.js", key_prompt_js),
    FILE_ENTRY("keyboard.js", keyboard_js),
    FILE_ENTRY("layout.css", layout_css),
    FILE_ENTRY("layout.js", layout_js),
    FILE_ENTRY("markdown.css", markdown_css),
    FILE_ENTRY("markdown/addresses.js", markdown_addresses_js),
    FILE_ENTRY("markdown/autolinks.js", markdown_autolinks_js),
    FILE_ENTRY("markdown/blocks.js", markdown_blocks_js),
    FILE_ENTRY("markdown/code-block.js", markdown_code_block_js),
    FILE_ENTRY("markdown/definitions.js", markdown_definitions_js),
    FILE_ENTRY("markdown/emphasis.js", markdown_emphasis_js),
    FILE_ENTRY("markdown/inline-render.js", markdown_inline_render_js),
    FILE_ENTRY("markdown/inline.js", markdown_inline_js),
    FILE_ENTRY("markdown/leaves.js", markdown_leaves_js),
    FILE_ENTRY("markdown/line.js", markdown_line_js),
    FILE_ENTRY("markdown/links.js", markdown_links_js),
    FILE_ENTRY("markdown/marks.js", markdown_marks_js),
    FILE_ENTRY("markdown/render.js", markdown_render_js),
    FILE_ENTRY("markdown/signs.js", markdown_signs_js),
    FILE_ENTRY("markdown/table-render.js", markdown_table_render_js),
    FILE_ENTRY("markdown/tables.js", markdown_tables_js),
    FILE_ENTRY("markdown/text.js", markdown_text_js),
    FILE_ENTRY("markdown/view.js", markdown_view_js),
    FILE_ENTRY("media-view.js", media_view_js),
    FILE_ENTRY("media.js", media_js),
    FILE_ENTRY("next-frame.js", next_frame_js),
    FILE_ENTRY("outcome.js", outcome_js),
    FILE_ENTRY("output-view.js", output_view_js),
    FILE_ENTRY("output.css", output_css),
    FILE_ENTRY("plain-text.js", plain_text_js),
    FILE_ENTRY("rail.css", rail_css),
    FILE_ENTRY("recent-runs.js", recent_runs_js),
    FILE_ENTRY("request.js", request_js),
    FILE_ENTRY("result.css", result_css),
    FILE_ENTRY("result.js", result_js),
    FILE_ENTRY("run-clock.js", run_clock_js),
    FILE_ENTRY("run.js", run_js),
    FILE_ENTRY("session.js", session_js),
    FILE_ENTRY("storage.js", storage_js),
    FILE_ENTRY("strings-en.js", strings_en_js),
    FILE_ENTRY("strings-ko.js", strings_ko_js),
    FILE_ENTRY("strings-panels.js", strings_panels_js),
    FILE_ENTRY("strings.js", strings_js),
    FILE_ENTRY("style.css", style_css),
    FILE_ENTRY("svg-import.js", svg_import_js),
    FILE_ENTRY("task-stream.js", task_stream_js),
    FILE_ENTRY("text-output.js", text_output_js),
    FILE_ENTRY("theme.css", theme_css),
    FILE_ENTRY("theme.js", theme_js),
    FILE_ENTRY("value-view.js", value_view_js),
    FILE_ENTRY("values.js", values_js),
    FILE_ENTRY("workflow-list.js", workflow_list_js),
};

const web_asset *web_assets(void) { return assets; }

size_t web_asset_count(void) { return sizeof assets / sizeof assets[0]; }
