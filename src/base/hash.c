/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The adapter to libsodium's SHA-256, and a thread for large files: what is added waits for it in a ring of blocks.
 */
#include <okrug/hash.h>

#include <pthread.h>
#include <sodium/crypto_hash_sha256.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 * 1024, BLOCKS = 8, SMALL = 1024 * 1024 /* bytes that are not worth a thread */ };

typedef struct {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    crypto_hash_sha256_state *state; /* the thread's own until it ended */
    int first, count;                /* blocks that wait */
    bool over;
    size_t length[BLOCKS];
    unsigned char block[BLOCKS][BLOCK];
} beside;

struct okrug_hash {
    crypto_hash_sha256_state state;
    bool aside;
    size_t added; /* bytes, until there is a thread */
    beside *other;
};

static void *hash_blocks(void *argument) {
    beside *b = argument;
    pthread_mutex_lock(&b->lock);
    for (;;) {
        while (b->count == 0 && !b->over) {
            pthread_cond_wait(&b->changed, &b->lock);
        }
        if (b->count == 0) {
            break;
        }
        pthread_mutex_unlock(&b->lock);
        crypto_hash_sha256_update(b->state, b->block[b->first], b->length[b->first]);
        pthread_mutex_lock(&b->lock);
        b->first = (b->first + 1) % BLOCKS;
        b->count--;
        pthread_cond_signal(&b->changed);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

/* Without memory or a thread all goes on as for small files. */
static void start(okrug_hash *hash) {
    beside *b = malloc(sizeof *b);
    hash->aside = false;
    if (b == NULL) {
        return;
    }
    b->state = &hash->state;
    b->first = b->count = 0;
    b->over = false;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->changed, NULL);
    hash->other = b;
    if (pthread_create(&b->thread, NULL, hash_blocks, b) != 0) {
        pthread_cond_destroy(&b->changed);
        pthread_mutex_destroy(&b->lock);
        free(b);
        hash->other = NULL;
    }
}

static void stop(okrug_hash *hash) {
    beside *b = hash->other;
    if (b == NULL) {
        return;
    }
    pthread_mutex_lock(&b->lock);
    b->over = true;
    pthread_cond_signal(&b->changed);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->changed);
    pthread_mutex_destroy(&b->lock);
    free(b);
    hash->other = NULL;
}

/* One of the two waits at most: the thread for blocks, or the caller for room. */
static void put(beside *b, const unsigned char *bytes, size_t length) {
    pthread_mutex_lock(&b->lock);
    while (b->count == BLOCKS) {
        pthread_cond_wait(&b->changed, &b->lock);
    }
    int at = (b->first + b->count) % BLOCKS;
    pthread_mutex_unlock(&b->lock);
    memcpy(b->block[at], bytes, length); /* it does not wait yet, so nobody reads it */
    pthread_mutex_lock(&b->lock);
    b->length[at] = length;
    b->count++;
    pthread_cond_signal(&b->changed);
    pthread_mutex_unlock(&b->lock);
}

okrug_hash *okrug_hash_new(void) {
    okrug_hash *hash = calloc(1, sizeof *hash);
    if (hash != NULL) {
        crypto_hash_sha256_init(&hash->state);
    }
    return hash;
}

void okrug_hash_aside(okrug_hash *hash) {
    hash->aside = true;
}

void okrug_hash_add(okrug_hash *hash, const void *bytes, size_t length) {
    const unsigned char *from = bytes;
    hash->added += hash->aside ? length : 0;
    if (hash->aside && hash->added > SMALL) {
        start(hash);
    }
    if (hash->other == NULL) {
        crypto_hash_sha256_update(&hash->state, from, length);
        return;
    }
    while (length > 0) {
        size_t piece = length < BLOCK ? length : BLOCK;
        put(hash->other, from, piece);
        from += piece;
        length -= piece;
    }
}

void okrug_hash_finish(okrug_hash *hash, char text[OKRUG_HASH_TEXT]) {
    static const char digits[] = "0123456789abcdef";
    unsigned char sum[crypto_hash_sha256_BYTES];
    stop(hash);
    crypto_hash_sha256_final(&hash->state, sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        text[2 * i] = digits[sum[i] >> 4];
        text[2 * i + 1] = digits[sum[i] & 15];
    }
    text[OKRUG_HASH_TEXT - 1] = '\0';
    /* Ready for the next one. */
    crypto_hash_sha256_init(&hash->state);
}

void okrug_hash_free(okrug_hash *hash) {
    if (hash != NULL) {
        stop(hash);
        free(hash);
    }
}
