#include "CCatalog.h"

// The registry of embedded data. A new file needs its two lines here and nothing else.

static const unsigned char agent_shape[] = {
#embed "shapes/agent.shape"
};
static const unsigned char anthropic_messages_api[] = {
#embed "apis/anthropic-messages.api"
};
static const unsigned char audio_analyzer_shape[] = {
#embed "shapes/audio-analyzer.shape"
};
static const unsigned char audio_capture_shape[] = {
#embed "shapes/audio-capture.shape"
};
static const unsigned char audio_clipper_shape[] = {
#embed "shapes/audio-clipper.shape"
};
static const unsigned char audio_converter_shape[] = {
#embed "shapes/audio-converter.shape"
};
static const unsigned char audio_extractor_shape[] = {
#embed "shapes/audio-extractor.shape"
};
static const unsigned char audio_feature_extractor_shape[] = {
#embed "shapes/audio-feature-extractor.shape"
};
static const unsigned char audio_mixer_shape[] = {
#embed "shapes/audio-mixer.shape"
};
static const unsigned char audio_playback_shape[] = {
#embed "shapes/audio-playback.shape"
};
static const unsigned char audio_processor_shape[] = {
#embed "shapes/audio-processor.shape"
};
static const unsigned char audio_silence_detector_shape[] = {
#embed "shapes/audio-silence-detector.shape"
};
static const unsigned char audio_synchronizer_shape[] = {
#embed "shapes/audio-synchronizer.shape"
};
static const unsigned char camera_pose_estimator_shape[] = {
#embed "shapes/camera-pose-estimator.shape"
};
static const unsigned char components_results[] = {
#embed "results/components.results"
};
static const unsigned char components_shape[] = {
#embed "shapes/components.shape"
};
static const unsigned char compose_shape[] = {
#embed "shapes/compose.shape"
};
static const unsigned char controller_shape[] = {
#embed "shapes/controller.shape"
};
static const unsigned char data_queue_shape[] = {
#embed "shapes/data-queue.shape"
};
static const unsigned char datasets_shape[] = {
#embed "shapes/datasets.shape"
};
static const unsigned char document_loader_shape[] = {
#embed "shapes/document-loader.shape"
};
static const unsigned char file_store_shape[] = {
#embed "shapes/file-store.shape"
};
static const unsigned char gateway_shape[] = {
#embed "shapes/gateway.shape"
};
static const unsigned char graph_store_shape[] = {
#embed "shapes/graph-store.shape"
};
static const unsigned char html_frame_renderer_shape[] = {
#embed "shapes/html-frame-renderer.shape"
};
static const unsigned char http_client_shape[] = {
#embed "shapes/http-client.shape"
};
static const unsigned char http_server_shape[] = {
#embed "shapes/http-server.shape"
};
static const unsigned char image_analyzer_shape[] = {
#embed "shapes/image-analyzer.shape"
};
static const unsigned char image_compressor_shape[] = {
#embed "shapes/image-compressor.shape"
};
static const unsigned char image_drawing_shape[] = {
#embed "shapes/image-drawing.shape"
};
static const unsigned char image_processor_shape[] = {
#embed "shapes/image-processor.shape"
};
static const unsigned char jobs_shape[] = {
#embed "shapes/jobs.shape"
};
static const unsigned char key_value_store_shape[] = {
#embed "shapes/key-value-store.shape"
};
static const unsigned char listener_shape[] = {
#embed "shapes/listener.shape"
};
static const unsigned char logger_shape[] = {
#embed "shapes/logger.shape"
};
static const unsigned char mcp_client_shape[] = {
#embed "shapes/mcp-client.shape"
};
static const unsigned char mcp_server_shape[] = {
#embed "shapes/mcp-server.shape"
};
static const unsigned char media_downloader_shape[] = {
#embed "shapes/media-downloader.shape"
};
static const unsigned char media_inspector_shape[] = {
#embed "shapes/media-inspector.shape"
};
static const unsigned char media_shape[] = {
#embed "shapes/media.shape"
};
static const unsigned char model_3d_converter_shape[] = {
#embed "shapes/model-3d-converter.shape"
};
static const unsigned char model_3d_renderer_shape[] = {
#embed "shapes/model-3d-renderer.shape"
};
static const unsigned char model_memory_shape[] = {
#embed "shapes/model-memory.shape"
};
static const unsigned char model_tokenizer_shape[] = {
#embed "shapes/model-tokenizer.shape"
};
static const unsigned char model_trainer_sft_shape[] = {
#embed "shapes/model-trainer.sft.shape"
};
static const unsigned char model_trainer_shape[] = {
#embed "shapes/model-trainer.shape"
};
static const unsigned char model_trainer_text_classification_shape[] = {
#embed "shapes/model-trainer.text-classification.shape"
};
static const unsigned char model_trainer_typed_decision_shape[] = {
#embed "shapes/model-trainer.typed-decision.shape"
};
static const unsigned char model_audio_text_alignment_shape[] = {
#embed "shapes/model.audio-text-alignment.shape"
};
static const unsigned char model_chat_completion_shape[] = {
#embed "shapes/model.chat-completion.shape"
};
static const unsigned char model_depth_estimation_shape[] = {
#embed "shapes/model.depth-estimation.shape"
};
static const unsigned char model_face_detection_shape[] = {
#embed "shapes/model.face-detection.shape"
};
static const unsigned char model_face_embedding_shape[] = {
#embed "shapes/model.face-embedding.shape"
};
static const unsigned char model_face_emotion_classification_shape[] = {
#embed "shapes/model.face-emotion-classification.shape"
};
static const unsigned char model_face_swap_shape[] = {
#embed "shapes/model.face-swap.shape"
};
static const unsigned char model_face_tracking_shape[] = {
#embed "shapes/model.face-tracking.shape"
};
static const unsigned char model_image_background_removal_shape[] = {
#embed "shapes/model.image-background-removal.shape"
};
static const unsigned char model_image_edge_detection_shape[] = {
#embed "shapes/model.image-edge-detection.shape"
};
static const unsigned char model_image_embedding_shape[] = {
#embed "shapes/model.image-embedding.shape"
};
static const unsigned char model_image_generation_shape[] = {
#embed "shapes/model.image-generation.shape"
};
static const unsigned char model_image_segmentation_shape[] = {
#embed "shapes/model.image-segmentation.shape"
};
static const unsigned char model_image_text_scoring_shape[] = {
#embed "shapes/model.image-text-scoring.shape"
};
static const unsigned char model_image_text_to_text_shape[] = {
#embed "shapes/model.image-text-to-text.shape"
};
static const unsigned char model_image_to_3d_shape[] = {
#embed "shapes/model.image-to-3d.shape"
};
static const unsigned char model_image_to_text_shape[] = {
#embed "shapes/model.image-to-text.shape"
};
static const unsigned char model_image_to_video_shape[] = {
#embed "shapes/model.image-to-video.shape"
};
static const unsigned char model_image_upscaling_shape[] = {
#embed "shapes/model.image-upscaling.shape"
};
static const unsigned char model_lip_sync_shape[] = {
#embed "shapes/model.lip-sync.shape"
};
static const unsigned char model_motion_generation_shape[] = {
#embed "shapes/model.motion-generation.shape"
};
static const unsigned char model_music_beat_tracking_shape[] = {
#embed "shapes/model.music-beat-tracking.shape"
};
static const unsigned char model_music_embedding_shape[] = {
#embed "shapes/model.music-embedding.shape"
};
static const unsigned char model_music_generation_shape[] = {
#embed "shapes/model.music-generation.shape"
};
static const unsigned char model_music_pitch_estimation_shape[] = {
#embed "shapes/model.music-pitch-estimation.shape"
};
static const unsigned char model_music_source_separation_shape[] = {
#embed "shapes/model.music-source-separation.shape"
};
static const unsigned char model_music_transcription_shape[] = {
#embed "shapes/model.music-transcription.shape"
};
static const unsigned char model_object_detection_shape[] = {
#embed "shapes/model.object-detection.shape"
};
static const unsigned char model_object_tracking_shape[] = {
#embed "shapes/model.object-tracking.shape"
};
static const unsigned char model_pose_detection_shape[] = {
#embed "shapes/model.pose-detection.shape"
};
static const unsigned char model_pose_tracking_shape[] = {
#embed "shapes/model.pose-tracking.shape"
};
static const unsigned char model_shape[] = {
#embed "shapes/model.shape"
};
static const unsigned char model_shot_boundary_detection_shape[] = {
#embed "shapes/model.shot-boundary-detection.shape"
};
static const unsigned char model_speaker_diarization_shape[] = {
#embed "shapes/model.speaker-diarization.shape"
};
static const unsigned char model_speech_to_text_shape[] = {
#embed "shapes/model.speech-to-text.shape"
};
static const unsigned char model_talking_head_shape[] = {
#embed "shapes/model.talking-head.shape"
};
static const unsigned char model_text_classification_shape[] = {
#embed "shapes/model.text-classification.shape"
};
static const unsigned char model_text_embedding_shape[] = {
#embed "shapes/model.text-embedding.shape"
};
static const unsigned char model_text_generation_shape[] = {
#embed "shapes/model.text-generation.shape"
};
static const unsigned char model_text_reranking_shape[] = {
#embed "shapes/model.text-reranking.shape"
};
static const unsigned char model_text_to_speech_shape[] = {
#embed "shapes/model.text-to-speech.shape"
};
static const unsigned char model_text_to_text_shape[] = {
#embed "shapes/model.text-to-text.shape"
};
static const unsigned char model_text_to_video_shape[] = {
#embed "shapes/model.text-to-video.shape"
};
static const unsigned char model_typed_decision_shape[] = {
#embed "shapes/model.typed-decision.shape"
};
static const unsigned char model_video_embedding_shape[] = {
#embed "shapes/model.video-embedding.shape"
};
static const unsigned char model_video_text_scoring_shape[] = {
#embed "shapes/model.video-text-scoring.shape"
};
static const unsigned char model_video_to_video_shape[] = {
#embed "shapes/model.video-to-video.shape"
};
static const unsigned char model_vision_text_encoding_shape[] = {
#embed "shapes/model.vision-text-encoding.shape"
};
static const unsigned char model_voice_activity_detection_shape[] = {
#embed "shapes/model.voice-activity-detection.shape"
};
static const unsigned char model_voice_embedding_shape[] = {
#embed "shapes/model.voice-embedding.shape"
};
static const unsigned char models_shape[] = {
#embed "shapes/models.shape"
};
static const unsigned char music_analyzer_shape[] = {
#embed "shapes/music-analyzer.shape"
};
static const unsigned char music_pitch_corrector_shape[] = {
#embed "shapes/music-pitch-corrector.shape"
};
static const unsigned char music_score_loader_shape[] = {
#embed "shapes/music-score-loader.shape"
};
static const unsigned char music_score_renderer_shape[] = {
#embed "shapes/music-score-renderer.shape"
};
static const unsigned char music_segment_detector_shape[] = {
#embed "shapes/music-segment-detector.shape"
};
static const unsigned char music_synthesizer_shape[] = {
#embed "shapes/music-synthesizer.shape"
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
static const unsigned char rate_limit_shape[] = {
#embed "shapes/rate-limit.shape"
};
static const unsigned char rtmp_publisher_shape[] = {
#embed "shapes/rtmp-publisher.shape"
};
static const unsigned char runtime_shape[] = {
#embed "shapes/runtime.shape"
};
static const unsigned char screen_capture_shape[] = {
#embed "shapes/screen-capture.shape"
};
static const unsigned char search_engine_shape[] = {
#embed "shapes/search-engine.shape"
};
static const unsigned char sentence_splitter_shape[] = {
#embed "shapes/sentence-splitter.shape"
};
static const unsigned char shell_shape[] = {
#embed "shapes/shell.shape"
};
static const unsigned char ssh_connection_shape[] = {
#embed "shapes/ssh-connection.shape"
};
static const unsigned char subtitle_loader_shape[] = {
#embed "shapes/subtitle-loader.shape"
};
static const unsigned char system_shape[] = {
#embed "shapes/system.shape"
};
static const unsigned char text_parser_shape[] = {
#embed "shapes/text-parser.shape"
};
static const unsigned char text_splitter_shape[] = {
#embed "shapes/text-splitter.shape"
};
static const unsigned char tool_shape[] = {
#embed "shapes/tool.shape"
};
static const unsigned char tracer_shape[] = {
#embed "shapes/tracer.shape"
};
static const unsigned char transcript_corrector_shape[] = {
#embed "shapes/transcript-corrector.shape"
};
static const unsigned char vector_processor_shape[] = {
#embed "shapes/vector-processor.shape"
};
static const unsigned char vector_store_shape[] = {
#embed "shapes/vector-store.shape"
};
static const unsigned char video_analyzer_shape[] = {
#embed "shapes/video-analyzer.shape"
};
static const unsigned char video_capture_shape[] = {
#embed "shapes/video-capture.shape"
};
static const unsigned char video_clipper_shape[] = {
#embed "shapes/video-clipper.shape"
};
static const unsigned char video_converter_shape[] = {
#embed "shapes/video-converter.shape"
};
static const unsigned char video_encoder_shape[] = {
#embed "shapes/video-encoder.shape"
};
static const unsigned char video_frame_extractor_shape[] = {
#embed "shapes/video-frame-extractor.shape"
};
static const unsigned char video_mixer_shape[] = {
#embed "shapes/video-mixer.shape"
};
static const unsigned char video_playback_shape[] = {
#embed "shapes/video-playback.shape"
};
static const unsigned char video_processor_shape[] = {
#embed "shapes/video-processor.shape"
};
static const unsigned char video_scene_detector_shape[] = {
#embed "shapes/video-scene-detector.shape"
};
static const unsigned char web_browser_shape[] = {
#embed "shapes/web-browser.shape"
};
static const unsigned char web_scraper_shape[] = {
#embed "shapes/web-scraper.shape"
};
static const unsigned char websocket_client_shape[] = {
#embed "shapes/websocket-client.shape"
};
static const unsigned char websocket_server_shape[] = {
#embed "shapes/websocket-server.shape"
};
static const unsigned char websocket_shape[] = {
#embed "shapes/websocket.shape"
};
static const unsigned char workflow_shape[] = {
#embed "shapes/workflow.shape"
};

#define FILE_ENTRY(name, data) {name, data, sizeof data}

static const catalog_file files[] = {
    FILE_ENTRY("agent.shape", agent_shape),
    FILE_ENTRY("anthropic-messages.api", anthropic_messages_api),
    FILE_ENTRY("audio-analyzer.shape", audio_analyzer_shape),
    FILE_ENTRY("audio-capture.shape", audio_capture_shape),
    FILE_ENTRY("audio-clipper.shape", audio_clipper_shape),
    FILE_ENTRY("audio-converter.shape", audio_converter_shape),
    FILE_ENTRY("audio-extractor.shape", audio_extractor_shape),
    FILE_ENTRY("audio-feature-extractor.shape", audio_feature_extractor_shape),
    FILE_ENTRY("audio-mixer.shape", audio_mixer_shape),
    FILE_ENTRY("audio-playback.shape", audio_playback_shape),
    FILE_ENTRY("audio-processor.shape", audio_processor_shape),
    FILE_ENTRY("audio-silence-detector.shape", audio_silence_detector_shape),
    FILE_ENTRY("audio-synchronizer.shape", audio_synchronizer_shape),
    FILE_ENTRY("camera-pose-estimator.shape", camera_pose_estimator_shape),
    FILE_ENTRY("components.results", components_results),
    FILE_ENTRY("components.shape", components_shape),
    FILE_ENTRY("compose.shape", compose_shape),
    FILE_ENTRY("controller.shape", controller_shape),
    FILE_ENTRY("data-queue.shape", data_queue_shape),
    FILE_ENTRY("datasets.shape", datasets_shape),
    FILE_ENTRY("document-loader.shape", document_loader_shape),
    FILE_ENTRY("file-store.shape", file_store_shape),
    FILE_ENTRY("gateway.shape", gateway_shape),
    FILE_ENTRY("graph-store.shape", graph_store_shape),
    FILE_ENTRY("html-frame-renderer.shape", html_frame_renderer_shape),
    FILE_ENTRY("http-client.shape", http_client_shape),
    FILE_ENTRY("http-server.shape", http_server_shape),
    FILE_ENTRY("image-analyzer.shape", image_analyzer_shape),
    FILE_ENTRY("image-compressor.shape", image_compressor_shape),
    FILE_ENTRY("image-drawing.shape", image_drawing_shape),
    FILE_ENTRY("image-processor.shape", image_processor_shape),
    FILE_ENTRY("jobs.shape", jobs_shape),
    FILE_ENTRY("key-value-store.shape", key_value_store_shape),
    FILE_ENTRY("listener.shape", listener_shape),
    FILE_ENTRY("logger.shape", logger_shape),
    FILE_ENTRY("mcp-client.shape", mcp_client_shape),
    FILE_ENTRY("mcp-server.shape", mcp_server_shape),
    FILE_ENTRY("media-downloader.shape", media_downloader_shape),
    FILE_ENTRY("media-inspector.shape", media_inspector_shape),
    FILE_ENTRY("media.shape", media_shape),
    FILE_ENTRY("model-3d-converter.shape", model_3d_converter_shape),
    FILE_ENTRY("model-3d-renderer.shape", model_3d_renderer_shape),
    FILE_ENTRY("model-memory.shape", model_memory_shape),
    FILE_ENTRY("model-tokenizer.shape", model_tokenizer_shape),
    FILE_ENTRY("model-trainer.sft.shape", model_trainer_sft_shape),
    FILE_ENTRY("model-trainer.shape", model_trainer_shape),
    FILE_ENTRY("model-trainer.text-classification.shape", model_trainer_text_classification_shape),
    FILE_ENTRY("model-trainer.typed-decision.shape", model_trainer_typed_decision_shape),
    FILE_ENTRY("model.audio-text-alignment.shape", model_audio_text_alignment_shape),
    FILE_ENTRY("model.chat-completion.shape", model_chat_completion_shape),
    FILE_ENTRY("model.depth-estimation.shape", model_depth_estimation_shape),
    FILE_ENTRY("model.face-detection.shape", model_face_detection_shape),
    FILE_ENTRY("model.face-embedding.shape", model_face_embedding_shape),
    FILE_ENTRY("model.face-emotion-classification.shape", model_face_emotion_classification_shape),
    FILE_ENTRY("model.face-swap.shape", model_face_swap_shape),
    FILE_ENTRY("model.face-tracking.shape", model_face_tracking_shape),
    FILE_ENTRY("model.image-background-removal.shape", model_image_background_removal_shape),
    FILE_ENTRY("model.image-edge-detection.shape", model_image_edge_detection_shape),
    FILE_ENTRY("model.image-embedding.shape", model_image_embedding_shape),
    FILE_ENTRY("model.image-generation.shape", model_image_generation_shape),
    FILE_ENTRY("model.image-segmentation.shape", model_image_segmentation_shape),
    FILE_ENTRY("model.image-text-scoring.shape", model_image_text_scoring_shape),
    FILE_ENTRY("model.image-text-to-text.shape", model_image_text_to_text_shape),
    FILE_ENTRY("model.image-to-3d.shape", model_image_to_3d_shape),
    FILE_ENTRY("model.image-to-text.shape", model_image_to_text_shape),
    FILE_ENTRY("model.image-to-video.shape", model_image_to_video_shape),
    FILE_ENTRY("model.image-upscaling.shape", model_image_upscaling_shape),
    FILE_ENTRY("model.lip-sync.shape", model_lip_sync_shape),
    FILE_ENTRY("model.motion-generation.shape", model_motion_generation_shape),
    FILE_ENTRY("model.music-beat-tracking.shape", model_music_beat_tracking_shape),
    FILE_ENTRY("model.music-embedding.shape", model_music_embedding_shape),
    FILE_ENTRY("model.music-generation.shape", model_music_generation_shape),
    FILE_ENTRY("model.music-pitch-estimation.shape", model_music_pitch_estimation_shape),
    FILE_ENTRY("model.music-source-separation.shape", model_music_source_separation_shape),
    FILE_ENTRY("model.music-transcription.shape", model_music_transcription_shape),
    FILE_ENTRY("model.object-detection.shape", model_object_detection_shape),
    FILE_ENTRY("model.object-tracking.shape", model_object_tracking_shape),
    FILE_ENTRY("model.pose-detection.shape", model_pose_detection_shape),
    FILE_ENTRY("model.pose-tracking.shape", model_pose_tracking_shape),
    FILE_ENTRY("model.shape", model_shape),
    FILE_ENTRY("model.shot-boundary-detection.shape", model_shot_boundary_detection_shape),
    FILE_ENTRY("model.speaker-diarization.shape", model_speaker_diarization_shape),
    FILE_ENTRY("model.speech-to-text.shape", model_speech_to_text_shape),
    FILE_ENTRY("model.talking-head.shape", model_talking_head_shape),
    FILE_ENTRY("model.text-classification.shape", model_text_classification_shape),
    FILE_ENTRY("model.text-embedding.shape", model_text_embedding_shape),
    FILE_ENTRY("model.text-generation.shape", model_text_generation_shape),
    FILE_ENTRY("model.text-reranking.shape", model_text_reranking_shape),
    FILE_ENTRY("model.text-to-speech.shape", model_text_to_speech_shape),
    FILE_ENTRY("model.text-to-text.shape", model_text_to_text_shape),
    FILE_ENTRY("model.text-to-video.shape", model_text_to_video_shape),
    FILE_ENTRY("model.typed-decision.shape", model_typed_decision_shape),
    FILE_ENTRY("model.video-embedding.shape", model_video_embedding_shape),
    FILE_ENTRY("model.video-text-scoring.shape", model_video_text_scoring_shape),
    FILE_ENTRY("model.video-to-video.shape", model_video_to_video_shape),
    FILE_ENTRY("model.vision-text-encoding.shape", model_vision_text_encoding_shape),
    FILE_ENTRY("model.voice-activity-detection.shape", model_voice_activity_detection_shape),
    FILE_ENTRY("model.voice-embedding.shape", model_voice_embedding_shape),
    FILE_ENTRY("models.shape", models_shape),
    FILE_ENTRY("music-analyzer.shape", music_analyzer_shape),
    FILE_ENTRY("music-pitch-corrector.shape", music_pitch_corrector_shape),
    FILE_ENTRY("music-score-loader.shape", music_score_loader_shape),
    FILE_ENTRY("music-score-renderer.shape", music_score_renderer_shape),
    FILE_ENTRY("music-segment-detector.shape", music_segment_detector_shape),
    FILE_ENTRY("music-synthesizer.shape", music_synthesizer_shape),
    FILE_ENTRY("openai-chat-completions.api", openai_chat_completions_api),
    FILE_ENTRY("openai-embeddings.api", openai_embeddings_api),
    FILE_ENTRY("openai-image-edits.api", openai_image_edits_api),
    FILE_ENTRY("openai-images.api", openai_images_api),
    FILE_ENTRY("openai-responses.api", openai_responses_api),
    FILE_ENTRY("openai-speech.api", openai_speech_api),
    FILE_ENTRY("openai-transcriptions.api", openai_transcriptions_api),
    FILE_ENTRY("rate-limit.shape", rate_limit_shape),
    FILE_ENTRY("rtmp-publisher.shape", rtmp_publisher_shape),
    FILE_ENTRY("runtime.shape", runtime_shape),
    FILE_ENTRY("screen-capture.shape", screen_capture_shape),
    FILE_ENTRY("search-engine.shape", search_engine_shape),
    FILE_ENTRY("sentence-splitter.shape", sentence_splitter_shape),
    FILE_ENTRY("shell.shape", shell_shape),
    FILE_ENTRY("ssh-connection.shape", ssh_connection_shape),
    FILE_ENTRY("subtitle-loader.shape", subtitle_loader_shape),
    FILE_ENTRY("system.shape", system_shape),
    FILE_ENTRY("text-parser.shape", text_parser_shape),
    FILE_ENTRY("text-splitter.shape", text_splitter_shape),
    FILE_ENTRY("tool.shape", tool_shape),
    FILE_ENTRY("tracer.shape", tracer_shape),
    FILE_ENTRY("transcript-corrector.shape", transcript_corrector_shape),
    FILE_ENTRY("vector-processor.shape", vector_processor_shape),
    FILE_ENTRY("vector-store.shape", vector_store_shape),
    FILE_ENTRY("video-analyzer.shape", video_analyzer_shape),
    FILE_ENTRY("video-capture.shape", video_capture_shape),
    FILE_ENTRY("video-clipper.shape", video_clipper_shape),
    FILE_ENTRY("video-converter.shape", video_converter_shape),
    FILE_ENTRY("video-encoder.shape", video_encoder_shape),
    FILE_ENTRY("video-frame-extractor.shape", video_frame_extractor_shape),
    FILE_ENTRY("video-mixer.shape", video_mixer_shape),
    FILE_ENTRY("video-playback.shape", video_playback_shape),
    FILE_ENTRY("video-processor.shape", video_processor_shape),
    FILE_ENTRY("video-scene-detector.shape", video_scene_detector_shape),
    FILE_ENTRY("web-browser.shape", web_browser_shape),
    FILE_ENTRY("web-scraper.shape", web_scraper_shape),
    FILE_ENTRY("websocket-client.shape", websocket_client_shape),
    FILE_ENTRY("websocket-server.shape", websocket_server_shape),
    FILE_ENTRY("websocket.shape", websocket_shape),
    FILE_ENTRY("workflow.shape", workflow_shape),
};

const catalog_file *catalog_files(void) { return files; }

size_t catalog_file_count(void) { return sizeof files / sizeof files[0]; }
