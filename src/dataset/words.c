/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Distinct texts, numbered as they come: an open-addressing table of (hash, number) over a list of texts that never
 * move. The hash decides only where a word is looked for, never its number.
 */
#include <okrug/dataset.h>

#include <stdlib.h>
#include <string.h>

#include <okrug/chunk.h>

enum { FIRST_WORDS = 16 };

struct word {
    const char *text;
    size_t length;
};

struct slot {
    uint32_t hash;
    int32_t word; /* its number plus one; 0: free */
};

struct okrug_words {
    struct word *word;
    int32_t count;
    int32_t capacity;
    struct slot *slot;
    int32_t last;  /* the word that was added or found last */
    uint32_t mask; /* slots less one; their number is a power of two, at least twice that of the words */
    okrug_chunk *texts;
};

static uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* Eight bytes at a time; the length goes in so that zeros at the end count. */
static uint32_t hash_of(const char *text, size_t length) {
    uint64_t hash = length;
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, 8);
        hash = mix(hash, word);
    }
    uint64_t rest = 0;
    for (int shift = 0; at < length; at++, shift += 8) {
        rest |= (uint64_t)(unsigned char)text[at] << shift;
    }
    return (uint32_t)mix(hash, rest);
}

okrug_words *okrug_words_new(void) {
    return calloc(1, sizeof(okrug_words));
}

void okrug_words_free(okrug_words *words) {
    if (words == NULL) {
        return;
    }
    okrug_chunk_free(words->texts);
    free(words->word);
    free(words->slot);
    free(words);
}

/* The slot of that text, or the free one where it belongs. The table has free slots always. */
static struct slot *slot_of(const okrug_words *words, uint32_t hash, const char *text, size_t length) {
    for (uint32_t i = hash & words->mask;; i = (i + 1) & words->mask) {
        struct slot *slot = &words->slot[i];
        if (slot->word == 0) {
            return slot;
        }
        if (slot->hash == hash) {
            const struct word *word = &words->word[slot->word - 1];
            if (word->length == length && memcmp(word->text, text, length) == 0) {
                return slot;
            }
        }
    }
}

/* Twice the room; the old tables stay good where memory is short. */
static bool grow(okrug_words *words) {
    if (words->capacity > INT32_MAX / 4) {
        return false;
    }
    int32_t capacity = words->capacity > 0 ? 2 * words->capacity : FIRST_WORDS;
    size_t slots = 2 * (size_t)capacity;
    struct word *word = realloc(words->word, (size_t)capacity * sizeof *word);
    if (word == NULL) {
        return false;
    }
    words->word = word;
    struct slot *slot = calloc(slots, sizeof *slot);
    if (slot == NULL) {
        return false;
    }
    uint32_t mask = (uint32_t)(slots - 1);
    for (size_t i = 0; words->slot != NULL && i <= words->mask; i++) {
        if (words->slot[i].word == 0) {
            continue;
        }
        uint32_t place = words->slot[i].hash & mask;
        while (slot[place].word != 0) {
            place = (place + 1) & mask;
        }
        slot[place] = words->slot[i];
    }
    free(words->slot);
    words->slot = slot;
    words->mask = mask;
    words->capacity = capacity;
    return true;
}

static bool is_word(const okrug_words *words, int32_t number, const char *text, size_t length) {
    const struct word *word = &words->word[number];
    return word->length == length && (length == 0 || word->text[length - 1] == text[length - 1]) &&
           memcmp(word->text, text, length) == 0;
}

/* In tables that are in some order the text is often that of the row before, or the one that followed it the time
 * before. -1: neither. */
static int32_t guess(okrug_words *words, const char *text, size_t length) {
    if (words->count == 0) {
        return -1;
    }
    if (is_word(words, words->last, text, length)) {
        return words->last;
    }
    int32_t next = words->last + 1 < words->count ? words->last + 1 : 0;
    if (is_word(words, next, text, length)) {
        words->last = next;
        return next;
    }
    return -1;
}

int32_t okrug_words_add(okrug_words *words, const char *text, size_t length) {
    int32_t guessed = guess(words, text, length);
    if (guessed >= 0) {
        return guessed;
    }
    uint32_t hash = hash_of(text, length);
    struct slot *slot = words->slot != NULL ? slot_of(words, hash, text, length) : NULL;
    if (slot != NULL && slot->word != 0) {
        words->last = slot->word - 1;
        return words->last;
    }
    if (slot == NULL || words->count == words->capacity) {
        if (!grow(words)) {
            return -1;
        }
        slot = slot_of(words, hash, text, length);
    }
    const char *copy = okrug_chunk_text(&words->texts, text, length);
    if (copy == NULL) {
        return -1;
    }
    int32_t number = words->count++;
    words->word[number] = (struct word){.text = copy, .length = length};
    *slot = (struct slot){.hash = hash, .word = number + 1};
    words->last = number;
    return number;
}

int32_t okrug_words_find(const okrug_words *words, const char *text, size_t length) {
    return words->slot != NULL ? slot_of(words, hash_of(text, length), text, length)->word - 1 : -1;
}

const char *okrug_words_text(const okrug_words *words, int32_t word) {
    return word >= 0 ? words->word[word].text : NULL;
}

int32_t okrug_words_count(const okrug_words *words) {
    return words->count;
}
