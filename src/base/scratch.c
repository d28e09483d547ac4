/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Scratch memory: a list of blocks filled one after the other. A reset keeps the blocks after the mark as spares, so a
 * loop that marks and resets allocates in its first round only. Under AddressSanitizer what is not taken is poisoned,
 * and a gap follows each piece, so that running over its end or using it after a reset is caught.
 */
#include "base/context_private.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SCRATCH_POISON 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SCRATCH_POISON 1
#endif

#if defined(SCRATCH_POISON)
#include <sanitizer/asan_interface.h>
enum { GAP = 64 };
#else
enum { GAP = 0 };
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

enum { ALIGNMENT = 64, FIRST_BLOCK = 64 << 10, LAST_DOUBLING = 32 << 20 };

struct okrug_block {
    struct okrug_block *next;
    size_t size; /* bytes of room, after the ALIGNMENT bytes that hold this header */
    size_t used;
};

static char *room_of(struct okrug_block *block) {
    return (char *)block + ALIGNMENT;
}

static void free_blocks(struct okrug_block *block) {
    while (block != NULL) {
        struct okrug_block *next = block->next;
        ASAN_UNPOISON_MEMORY_REGION(room_of(block), block->size);
        free(block);
        block = next;
    }
}

void okrug_scratch_free(okrug_ctx *ctx) {
    free_blocks(ctx->scratch);
    ctx->scratch = NULL;
    ctx->scratch_current = NULL;
}

okrug_mark okrug_scratch_mark(const okrug_ctx *ctx) {
    struct okrug_block *current = ctx->scratch_current;
    return (okrug_mark){.block = current, .used = current != NULL ? current->used : 0};
}

void okrug_scratch_reset(okrug_ctx *ctx, okrug_mark mark) {
    struct okrug_block *marked = mark.block;
    if (marked != NULL) {
        marked->used = mark.used;
        ASAN_POISON_MEMORY_REGION(room_of(marked) + mark.used, marked->size - mark.used);
    }
    for (struct okrug_block *b = marked != NULL ? marked->next : ctx->scratch; b != NULL; b = b->next) {
        b->used = 0;
        ASAN_POISON_MEMORY_REGION(room_of(b), b->size);
    }
    ctx->scratch_current = marked;
}

void okrug_scratch_release(okrug_ctx *ctx, okrug_mark mark) {
    okrug_scratch_reset(ctx, mark);
    struct okrug_block **spare = mark.block != NULL ? &((struct okrug_block *)mark.block)->next : &ctx->scratch;
    free_blocks(*spare);
    *spare = NULL;
}

/* Makes the block after the current one, with room for `size`, the current one; false when memory is short. */
static bool advance(okrug_ctx *ctx, size_t size) {
    struct okrug_block *current = ctx->scratch_current;
    struct okrug_block **link = current != NULL ? &current->next : &ctx->scratch;
    if (*link == NULL || (*link)->size < size) {
        /* Spares that are too small for this round would be too small for the next one too. */
        free_blocks(*link);
        *link = NULL;
        size_t room = FIRST_BLOCK;
        if (current != NULL) {
            room = current->size < LAST_DOUBLING ? 2 * current->size : LAST_DOUBLING;
        }
        if (room < size) {
            room = size;
        }
        struct okrug_block *block = aligned_alloc(ALIGNMENT, ALIGNMENT + room);
        if (block == NULL) {
            return false;
        }
        *block = (struct okrug_block){.next = NULL, .size = room, .used = 0};
        ASAN_POISON_MEMORY_REGION(room_of(block), room);
        *link = block;
    }
    ctx->scratch_current = *link;
    return true;
}

void *okrug_scratch(okrug_ctx *ctx, int64_t count, size_t size) {
    size_t bytes;
    if (count < 0 || __builtin_mul_overflow((size_t)count, size, &bytes) || bytes > SIZE_MAX / 4) {
        (void)okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
        return NULL;
    }
    /* Nothing at all still gets an address of its own. */
    size_t taken = ((bytes > 0 ? bytes : 1) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + GAP;
    struct okrug_block *current = ctx->scratch_current;
    if (current == NULL || current->size - current->used < taken) {
        if (!advance(ctx, taken)) {
            (void)okrug_fail(ctx, OKRUG_NO_MEMORY, "no-memory", NULL, (char *)NULL);
            return NULL;
        }
        current = ctx->scratch_current;
    }
    char *memory = room_of(current) + current->used;
    current->used += taken;
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
    return memory;
}

void *okrug_scratch_zero(okrug_ctx *ctx, int64_t count, size_t size) {
    void *memory = okrug_scratch(ctx, count, size);
    if (memory != NULL) {
        memset(memory, 0, (size_t)count * size);
    }
    return memory;
}
