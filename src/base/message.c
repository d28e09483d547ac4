/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Faults and warnings of a context, and the texts made for their arguments. Everything is copied into memory of the
 * context. Where a message cannot be copied because memory is short, a fixed fault says so in its place.
 */
#include "base/context_private.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/number.h>

enum { FIRST_MESSAGES = 8 };

static const okrug_message memory_short = {.severity = OKRUG_FAULT, .code = "no-memory"};

okrug_status okrug_messages_init(okrug_ctx *ctx) {
    ctx->message = malloc(FIRST_MESSAGES * sizeof(const okrug_message *));
    if (ctx->message == NULL) {
        return OKRUG_NO_MEMORY;
    }
    ctx->message_capacity = FIRST_MESSAGES;
    return OKRUG_OK;
}

void okrug_messages_clear(okrug_ctx *ctx) {
    okrug_chunk_free(ctx->message_memory);
    ctx->message_memory = NULL;
    ctx->messages = 0;
    ctx->messages_dropped = 0;
    ctx->faults = 0;
    ctx->memory_fault = false;
}

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_message(const okrug_message *a, const okrug_message *b) {
    if (a->severity != b->severity || !same_text(a->code, b->code) || !same_text(a->place.file, b->place.file) ||
        a->place.line != b->place.line || !same_text(a->place.column, b->place.column) ||
        !same_text(a->place.cell, b->place.cell) || a->arguments != b->arguments) {
        return false;
    }
    for (int i = 0; i < a->arguments; i++) {
        if (!same_text(a->name[i], b->name[i]) || !same_text(a->value[i], b->value[i])) {
            return false;
        }
    }
    return true;
}

void okrug_messages_unrepeat(okrug_ctx *ctx, int64_t first) {
    int64_t kept = first;
    for (int64_t i = first; i < ctx->messages; i++) {
        int64_t k = first;
        while (k < kept && !same_message(ctx->message[k], ctx->message[i])) {
            k++;
        }
        if (k < kept) {
            ctx->faults -= ctx->message[i]->severity == OKRUG_FAULT;
        } else {
            ctx->message[kept++] = ctx->message[i];
        }
    }
    ctx->messages = kept;
}

void okrug_messages_free(okrug_ctx *ctx) {
    okrug_messages_clear(ctx);
    free(ctx->message);
}

/* Copies `text` to *copy; NULL stays NULL. False when memory is short. */
static bool keep(okrug_ctx *ctx, const char *text, const char **copy) {
    *copy = text != NULL ? okrug_chunk_text(&ctx->message_memory, text, strlen(text)) : NULL;
    return text == NULL || *copy != NULL;
}

static const okrug_message *copy_message(okrug_ctx *ctx, const okrug_message *message) {
    okrug_message *copy = okrug_chunk_take(&ctx->message_memory, sizeof *copy);
    if (copy == NULL) {
        return NULL;
    }
    *copy = *message;
    bool kept = keep(ctx, message->code, &copy->code) && keep(ctx, message->place.file, &copy->place.file) &&
                keep(ctx, message->place.column, &copy->place.column) &&
                keep(ctx, message->place.cell, &copy->place.cell);
    for (int i = 0; kept && i < message->arguments; i++) {
        kept = keep(ctx, message->name[i], &copy->name[i]) && keep(ctx, message->value[i], &copy->value[i]);
    }
    return kept ? copy : NULL;
}

/* Room for one more message beside the place that is left free. */
static bool has_room(okrug_ctx *ctx) {
    if (ctx->messages + 1 < ctx->message_capacity) {
        return true;
    }
    int64_t capacity = 2 * ctx->message_capacity;
    const okrug_message **grown = realloc(ctx->message, (size_t)capacity * sizeof *grown);
    if (grown == NULL) {
        return false;
    }
    ctx->message = grown;
    ctx->message_capacity = capacity;
    return true;
}

static void add_message(okrug_ctx *ctx, const okrug_message *message) {
    bool fault = message->severity == OKRUG_FAULT;
    if (ctx->messages >= OKRUG_MESSAGES_MAX) {
        ctx->messages_dropped++;
        ctx->faults += fault;
        return;
    }
    const okrug_message *copy = has_room(ctx) ? copy_message(ctx, message) : NULL;
    if (copy == NULL && (ctx->memory_fault || ctx->messages >= ctx->message_capacity)) {
        ctx->messages_dropped++;
        ctx->faults += fault;
        return;
    }
    if (copy == NULL) {
        copy = &memory_short;
        ctx->memory_fault = true;
    }
    ctx->message[ctx->messages++] = copy;
    ctx->faults += copy->severity == OKRUG_FAULT;
}

static okrug_message read_message(okrug_severity severity, const char *code, const okrug_place *place, va_list list) {
    okrug_message message = {.severity = severity, .code = code};
    if (place != NULL) {
        message.place = *place;
    }
    while (message.arguments < OKRUG_MESSAGE_ARGUMENTS) {
        const char *name = va_arg(list, const char *);
        if (name == NULL) {
            break;
        }
        const char *value = va_arg(list, const char *);
        message.name[message.arguments] = name;
        message.value[message.arguments] = value != NULL ? value : "";
        message.arguments++;
    }
    return message;
}

okrug_status okrug_fail(okrug_ctx *ctx, okrug_status status, const char *code, const okrug_place *place, ...) {
    va_list list;
    va_start(list, place);
    okrug_message message = read_message(OKRUG_FAULT, code, place, list);
    va_end(list);
    add_message(ctx, &message);
    return status;
}

okrug_status okrug_fail_to_write(okrug_ctx *ctx, const char *file, int error) {
    char cause[128];
    const char *code = "cannot-write-file";
    if (error == ENOMEM) {
        return OKRUG_NO_MEMORY;
    }
    if (error == ENOSPC || error == EDQUOT) {
        code = "disk-full";
    } else if (error == EROFS) {
        code = "disk-read-only";
    } else if (error == EACCES || error == EPERM) {
        code = "no-permission";
    }
    return okrug_fail(ctx, OKRUG_WRITE_FAILED, code, NULL, "file", file, "cause",
                      strerror_r(error, cause, sizeof cause), (char *)NULL);
}

void okrug_warn(okrug_ctx *ctx, const char *code, const okrug_place *place, ...) {
    va_list list;
    va_start(list, place);
    okrug_message message = read_message(OKRUG_WARNING, code, place, list);
    va_end(list);
    add_message(ctx, &message);
}

int64_t okrug_messages(const okrug_ctx *ctx) {
    return ctx->messages;
}

const okrug_message *okrug_message_at(const okrug_ctx *ctx, int64_t i) {
    return ctx->message[i];
}

int64_t okrug_messages_dropped(const okrug_ctx *ctx) {
    return ctx->messages_dropped;
}

int64_t okrug_faults(const okrug_ctx *ctx) {
    return ctx->faults;
}

static const char *keep_text(okrug_ctx *ctx, const char *text, size_t length) {
    const char *copy = okrug_chunk_text(&ctx->texts, text, length);
    return copy != NULL ? copy : "";
}

const char *okrug_text(okrug_ctx *ctx, const char *format, ...) {
    char small[256];
    va_list list;
    va_start(list, format);
    int length = vsnprintf(small, sizeof small, format, list);
    va_end(list);
    if (length < 0) {
        return "";
    }
    if ((size_t)length < sizeof small) {
        return keep_text(ctx, small, (size_t)length);
    }
    char *text = okrug_chunk_take(&ctx->texts, (size_t)length + 1);
    if (text == NULL) {
        return "";
    }
    va_start(list, format);
    vsnprintf(text, (size_t)length + 1, format, list);
    va_end(list);
    return text;
}

const char *okrug_text_listed(okrug_ctx *ctx, const char *list, const char *item) {
    return okrug_text(ctx, "%s%s%s", list, list[0] == '\0' ? "" : ", ", item);
}

const char *okrug_text_curtailed(okrug_ctx *ctx, const char *list, int64_t shown, int64_t count) {
    return count > shown ? okrug_text(ctx, "%s …", list) : list;
}

const char *okrug_text_number(okrug_ctx *ctx, double value) {
    char text[OKRUG_NUMBER_TEXT];
    return keep_text(ctx, text, okrug_number_write(value, text));
}

const char *okrug_text_integer(okrug_ctx *ctx, int64_t value) {
    char text[OKRUG_NUMBER_TEXT];
    return keep_text(ctx, text, okrug_integer_write(value, text));
}
