#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/sha.h>
#include <libswscale/swscale.h>

// Function-like macros that Swift cannot import.
static inline int laban_AVERROR(int code) { return AVERROR(code); }
static inline int laban_AVERROR_EOF(void) { return AVERROR_EOF; }
static inline int laban_AVERROR_EXIT(void) { return AVERROR_EXIT; }
static inline int laban_AVERROR_is_refusal(int code) {
    return code == AVERROR_HTTP_UNAUTHORIZED || code == AVERROR_HTTP_FORBIDDEN;
}
static inline int64_t laban_AV_NOPTS_VALUE(void) { return AV_NOPTS_VALUE; }

// A stream's display matrix of nine numbers, or NULL: the place it is kept in moved between library versions.
static inline const int32_t *laban_stream_display_matrix(const AVStream *stream) {
#if LIBAVCODEC_VERSION_INT >= AV_VERSION_INT(60, 31, 102)
    const AVPacketSideData *data = av_packet_side_data_get(
        stream->codecpar->coded_side_data, stream->codecpar->nb_coded_side_data, AV_PKT_DATA_DISPLAYMATRIX);
    return data && data->size >= 9 * sizeof(int32_t) ? (const int32_t *)data->data : NULL;
#else
    size_t size = 0;
    const uint8_t *data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size);
    return data && size >= 9 * sizeof(int32_t) ? (const int32_t *)data : NULL;
#endif
}

// A frame's own display matrix of nine numbers, or NULL.
static inline const int32_t *laban_frame_display_matrix(const AVFrame *frame) {
    const AVFrameSideData *data = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    return data && data->size >= 9 * sizeof(int32_t) ? (const int32_t *)data->data : NULL;
}
