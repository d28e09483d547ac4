/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which role a column may have, by what people call such columns. Only ever shown: nothing is bound by guess.
 */
#include <string.h>

#include "engine/import.h"

/* Words that a header of the role begins with, in small letters. */
static const struct {
    const char *role;
    const char *words[14];
} known[] = {
    {"region",
     {"region", "oktmo", "okato", "fips", "nuts", "area_fips", "регион", "октмо", "окато", "территор", "муницип"}},
    {"industry",
     {"industry", "sector", "section", "okved", "naics", "nace", "isic", "отрасл", "оквэд", "вид деятел", "сектор",
      "раздел"}},
    {"period", {"period", "year", "date", "quarter", "период", "год", "дата", "квартал"}},
    {"value",
     {"value", "employment", "employees", "jobs", "wage", "obs_value", "значение", "занят", "числен", "объём", "объем",
      "показател"}},
    {"name", {"name", "title", "label", "назван", "наимен"}},
    {"lat", {"lat", "широт"}},
    {"lon", {"lon", "lng", "долгот"}},
    {"area_km2", {"area_km2", "площад"}},
    {"population", {"population", "pop", "населен"}},
    {"geometry", {"geometry", "geom", "wkb_geometry", "the_geom"}},
    {"from", {"from", "source", "из", "откуда"}},
    {"to", {"to", "target", "куда"}},
    {"code", {"code", "код"}},
    {"dimension", {"dimension", "измерение"}},
    {"en", {"en", "english"}},
    {"ru", {"ru", "russian", "русск"}},
};

/* In small letters: Latin and Russian. */
static void lower(const char *text, okrug_buffer *out) {
    okrug_buffer_clear(out);
    for (; *text != '\0'; text++) {
        unsigned char first = (unsigned char)text[0];
        unsigned char second = (unsigned char)text[1];
        char pair[2] = {text[0], text[1]};
        if (first == 0xD0 && second >= 0x90 && second <= 0x9F) {
            pair[1] = (char)(second + 0x20); /* А to П */
        } else if (first == 0xD0 && second >= 0xA0 && second <= 0xAF) {
            pair[0] = (char)0xD1; /* Р to Я */
            pair[1] = (char)(second - 0x20);
        } else {
            char small = (char)(first >= 'A' && first <= 'Z' ? first + 32 : first);
            okrug_buffer_add(out, &small, 1);
            continue;
        }
        okrug_buffer_add(out, pair, 2);
        text++;
    }
}

const char *okrug_suggest_role(const okrug_kind *kind, const char *header) {
    okrug_buffer text = {0};
    const char *role = NULL;
    lower(header, &text);
    for (int r = 0; role == NULL && text.bytes != NULL && r < kind->role_count; r++) {
        for (size_t k = 0; role == NULL && k < sizeof known / sizeof known[0]; k++) {
            for (int w = 0; strcmp(known[k].role, kind->roles[r].name) == 0 && w < OKRUG_COUNT_OF(known[k].words) &&
                            known[k].words[w] != NULL;
                 w++) {
                size_t length = strlen(known[k].words[w]);
                bool begins = strncmp(text.bytes, known[k].words[w], length) == 0;
                bool whole = length > 3 || text.bytes[length] == '\0'; /* short words must be all of it */
                role = begins && whole ? kind->roles[r].name : role;
            }
        }
    }
    okrug_buffer_free(&text);
    return role;
}
