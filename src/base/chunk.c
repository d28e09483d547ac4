/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chunks: bump allocation for small things of equal life.
 */
#include <okrug/chunk.h>

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct okrug_chunk {
    okrug_chunk *next;
    size_t size; /* bytes of room */
    size_t used;
    alignas(max_align_t) char bytes[];
};

/* Chunks double from the first size to the last, so that a small owner stays small and a large one makes few calls. */
enum { FIRST_CHUNK = 1024, LAST_CHUNK = 1 << 20 };

static void *take(okrug_chunk **list, size_t size, size_t alignment) {
    okrug_chunk *head = *list;
    if (head != NULL) {
        size_t start = (head->used + alignment - 1) & ~(alignment - 1);
        if (start <= head->size && size <= head->size - start) {
            head->used = start + size;
            return head->bytes + start;
        }
    }
    size_t room = FIRST_CHUNK;
    if (head != NULL && head->size >= FIRST_CHUNK) {
        room = head->size < LAST_CHUNK ? 2 * head->size : LAST_CHUNK;
    }
    bool alone = size > room / 4; /* gets a chunk of its own, and the rest of the head stays in use */
    if (alone) {
        room = size;
    }
    if (room > SIZE_MAX / 2 - sizeof(okrug_chunk)) {
        return NULL;
    }
    okrug_chunk *chunk = malloc(sizeof *chunk + room);
    if (chunk == NULL) {
        return NULL;
    }
    chunk->size = room;
    chunk->used = size;
    if (alone && head != NULL) {
        chunk->next = head->next;
        head->next = chunk;
    } else {
        chunk->next = head;
        *list = chunk;
    }
    return chunk->bytes;
}

void *okrug_chunk_take(okrug_chunk **list, size_t size) {
    return take(list, size, alignof(max_align_t));
}

char *okrug_chunk_text(okrug_chunk **list, const char *text, size_t length) {
    if (length == SIZE_MAX) {
        return NULL;
    }
    char *copy = take(list, length + 1, 1);
    if (copy == NULL) {
        return NULL;
    }
    if (length > 0) {
        memcpy(copy, text, length);
    }
    copy[length] = '\0';
    return copy;
}

void okrug_chunk_free(okrug_chunk *list) {
    while (list != NULL) {
        okrug_chunk *next = list->next;
        free(list);
        list = next;
    }
}
