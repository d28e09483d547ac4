/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Letters are folded one by one, then words: a word with a Russian letter is Russian, and so is one of look-alikes
 * beside a Russian one. The 32 letters from а to я take the bytes from 'A' to '`', which folded Latin text does not
 * use.
 */
#include "analyses/firm_name.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <okrug/fold.h>

enum { WORDS = 40, RUSSIAN_FIRST = 'A', RUSSIAN_LAST = 'A' + 31 };

/* Of a folded letter. Below 32: а ... я, by its place; else -1. */
static int russian_place(uint32_t point) {
    return point >= 0x430 && point <= 0x44F ? (int)point - 0x430 : -1;
}

static bool is_russian(char c) {
    return c >= RUSSIAN_FIRST && c <= RUSSIAN_LAST;
}

typedef struct {
    char text[3]; /* folded */
    int bytes;
    uint32_t point;
} letter;

static bool goes_on(char c) {
    return ((unsigned char)c & 0xC0U) == 0x80;
}

/* The letter that begins there; malformed bytes stand for themselves. */
static letter letter_at(const char *text) {
    unsigned char lead = (unsigned char)text[0];
    bool two = lead >= 0xC0 && lead < 0xE0 && goes_on(text[1]);
    bool three = lead >= 0xE0 && lead < 0xF0 && goes_on(text[1]) && goes_on(text[2]);
    letter l = {.bytes = two ? 2 : three ? 3 : 1};
    okrug_fold(text, (size_t)l.bytes, l.text);
    const unsigned char *u = (const unsigned char *)l.text;
    l.point = two     ? (u[0] & 0x1FU) << 6U | (u[1] & 0x3FU)
              : three ? (u[0] & 0x0FU) << 12U | (u[1] & 0x3FU) << 6U | (u[2] & 0x3FU)
                      : u[0];
    return l;
}

/* No-break space, soft hyphen, guillemets, dashes, quotes, number sign: what parts words beside ASCII. */
static bool is_parting(uint32_t point) {
    return (point < 0x80 && !((point >= '0' && point <= '9') || (point >= 'a' && point <= 'z'))) ||
           (point >= 0xA0 && point <= 0xBF) || (point >= 0x2000 && point <= 0x206F) || point == 0x2116;
}

/* Whether one letter follows, and then the end of a word: the full stops of О.О.О. part no words, that of г.Калуга
 * does. */
static bool joins(const char *next) {
    letter l = letter_at(next);
    bool alone = russian_place(l.point) >= 0 || (l.point < 0x80 && !is_parting(l.point));
    return l.point == 0 || (alone && (next[l.bytes] == '\0' || strchr(". \"", next[l.bytes]) != NULL));
}

/* Folded letters with one space between words. */
static void fold(const char *text, char out[OKRUG_FIRM_NAME]) {
    size_t length = 0;
    bool space = false;
    letter l;
    for (; *text != '\0' && length + 5 < OKRUG_FIRM_NAME; text += l.bytes) {
        l = letter_at(text);
        int place = russian_place(l.point);
        if (l.point == '\'' || (l.point == '.' && joins(text + 1))) {
            continue;
        }
        if (place < 0 && is_parting(l.point)) {
            space = true;
            continue;
        }
        if (space && length > 0) {
            out[length++] = ' ';
        }
        space = false;
        if (place >= 0) {
            out[length++] = (char)(RUSSIAN_FIRST + place);
        } else {
            memcpy(out + length, l.text, (size_t)l.bytes);
            length += (size_t)l.bytes;
        }
    }
    out[length] = '\0';
}

/* What a small Latin letter is taken for by its capital (or itself); 0: nothing Russian. */
static char lookalike(char c) {
    static const char latin[] = "abcehkmoptxy";
    static const unsigned char place[] = {0, 2, 17, 5, 13, 10, 12, 14, 16, 18, 21, 19}; /* а в с е н к м о р т х у */
    const char *at = strchr(latin, c);
    return c == '\0' || at == NULL ? '\0' : (char)(RUSSIAN_FIRST + place[at - latin]);
}

/* A list of words as UTF-8, folded when it is compared: forms and abbreviations are few. */
typedef struct {
    const char *from, *to;
} replacement;

/* Longer ones first. */
static const replacement forms[] = {
    {"публичное акционерное общество", "пао"},
    {"открытое акционерное общество", "оао"},
    {"закрытое акционерное общество", "зао"},
    {"непубличное акционерное общество", "нао"},
    {"общество с ограниченной ответственностью", "ооо"},
    {"акционерное общество", "ао"},
    {"индивидуальный предприниматель", "ип"},
    {"крестьянское фермерское хозяйство", "кфх"},
    {"limited liability company", "llc"},
    {"ооо", "ооо"},
    {"пао", "пао"},
    {"оао", "оао"},
    {"зао", "зао"},
    {"нао", "нао"},
    {"ао", "ао"},
    {"ип", "ип"},
    {"кфх", "кфх"},
    {"гуп", "гуп"},
    {"муп", "муп"},
    {"фгуп", "фгуп"},
    {"llc", "llc"},
    {"ltd", "ltd"},
    {"jsc", "jsc"},
    {"inc", "inc"},
    {"gmbh", "gmbh"},
};
static const replacement abbreviations[] = {
    {"научно производственное объединение", "нпо"},
    {"научно производственное предприятие", "нпп"},
    {"производственное объединение", "по"},
    {"производственное предприятие", "пп"},
    {"торговый дом", "тд"},
    {"з д", "завод"},
    {"ф ка", "фабрика"},
    {"к т", "комбинат"},
};

static void to_russian(char *word, size_t length) {
    for (size_t i = 0; i < length; i++) {
        char as = lookalike(word[i]);
        word[i] = as == '\0' ? word[i] : as;
    }
}

/* Words of look-alikes beside a Russian letter in the word or, if all of its letters are, in the name; ООО always. */
static void mend_words(char *text) {
    bool russian = false;
    for (const char *at = text; *at != '\0'; at++) {
        russian = russian || is_russian(*at);
    }
    for (char *word = text; *word != '\0';) {
        size_t length = strcspn(word, " "), letters = 0;
        bool own = false, all = true;
        for (size_t i = 0; i < length; i++) {
            bool digit = word[i] >= '0' && word[i] <= '9';
            own = own || is_russian(word[i]);
            all = all && (digit || is_russian(word[i]) || lookalike(word[i]) != '\0');
            letters += !digit;
        }
        if (own || (all && letters > 0 && russian) || (length == 3 && strncmp(word, "ooo", 3) == 0)) {
            to_russian(word, length);
        }
        word += length + (word[length] == ' ');
    }
}

/* Puts `to` for every whole-word `from`. The first thing replaced is kept in `form`, if it is wanted. */
static void replace_words(char text[OKRUG_FIRM_NAME], const replacement *list, size_t count, char *form) {
    for (size_t i = 0; i < count; i++) {
        char from[OKRUG_FIRM_NAME], to[OKRUG_FIRM_NAME];
        fold(list[i].from, from);
        fold(list[i].to, to);
        size_t length = strlen(from), put = form == NULL ? strlen(to) : 0;
        for (char *at = strstr(text, from); at != NULL; at = strstr(at, from)) {
            bool whole = (at == text || at[-1] == ' ') && (at[length] == '\0' || at[length] == ' ');
            if (!whole) {
                at++;
                continue;
            }
            if (strlen(text) + put >= OKRUG_FIRM_NAME + length) {
                return; /* no room for what is longer */
            }
            if (form != NULL && form[0] == '\0') {
                memcpy(form, to, strlen(to) + 1);
            }
            memmove(at + put, at + length, strlen(at + length) + 1);
            memcpy(at, to, put);
            at += put;
        }
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_words(char text[OKRUG_FIRM_NAME]) {
    char copy[OKRUG_FIRM_NAME];
    const char *word[WORDS];
    size_t count = 0, length = 0;
    memcpy(copy, text, OKRUG_FIRM_NAME);
    for (char *at = copy; *at != '\0' && count < WORDS;) {
        at += strspn(at, " ");
        size_t size = strcspn(at, " ");
        if (size > 0) {
            word[count++] = at;
        }
        bool last = at[size] == '\0';
        at[size] = '\0';
        at += size + !last;
    }
    qsort(word, count, sizeof *word, by_text);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(word[i]);
        if (i > 0) {
            text[length++] = ' ';
        }
        memcpy(text + length, word[i], size);
        length += size;
    }
    text[length] = '\0';
}

void okrug_firm_name_read(const char *name, okrug_firm_name *out) {
    memset(out, 0, sizeof *out);
    fold(name, out->key);
    mend_words(out->key);
    replace_words(out->key, forms, sizeof forms / sizeof *forms, out->form);
    replace_words(out->key, abbreviations, sizeof abbreviations / sizeof *abbreviations, NULL);
    sort_words(out->key);
}

void okrug_address_read(const char *address, char key[OKRUG_FIRM_NAME]) {
    memset(key, 0, OKRUG_FIRM_NAME);
    fold(address, key);
    mend_words(key);
}

void okrug_firm_key_text(const char *key, char text[2 * OKRUG_FIRM_NAME]) {
    size_t length = 0;
    for (; *key != '\0'; key++) {
        if (is_russian(*key)) {
            unsigned point = 0x430U + (unsigned)(*key - RUSSIAN_FIRST);
            text[length++] = (char)(0xC0U | point >> 6U);
            text[length++] = (char)(0x80U | (point & 0x3FU));
        } else {
            text[length++] = *key;
        }
    }
    text[length] = '\0';
}
