/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a verdict rests on, in words.
 */
#include <string.h>

#include "platform/application.h"

/* Codes of facilities, or of declared facts, with spaces between, in words. */
static const char *codes_of(okrug_application *p, const char *codes) {
    const char *all = NULL;
    for (const char *at = codes; *at != '\0'; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        const char *code = okrug_report_format(p->m.report, "%.*s", (int)length, at);
        const char *one = okrug_application_words(p, "facility_kind", code);
        one = one != code ? one : okrug_application_words(p, "evidence", code);
        all = all == NULL ? one : okrug_report_format(p->m.report, "%s, %s", all, one);
        at += length;
    }
    return all != NULL ? all : codes;
}

static const char *text_of(okrug_application *p, const char *key, const char *name, const char *value) {
    return okrug_making_text(&p->m, key, name, value, NULL, NULL);
}

/* "contracts", "accounts=none", "known=8/10", "of=technology", "condition=unknown"; what else a version may say stays.
 */
static const char *part_of(okrug_application *p, const char *part) {
    const char *sign = strchr(part, '=');
    if (sign == NULL) {
        return okrug_application_words(p, "evidence", part);
    }
    const char *name = okrug_report_format(p->m.report, "%.*s", (int)(sign - part), part);
    const char *value = sign + 1;
    const char *stroke = strchr(value, '/');
    if (strcmp(value, "none") == 0) {
        return text_of(p, "pack.evidence.none", "what", okrug_application_words(p, "evidence", name));
    }
    if (strcmp(name, "known") == 0 && stroke != NULL) {
        return okrug_making_text(&p->m, "pack.evidence.known", "known",
                                 okrug_report_format(p->m.report, "%.*s", (int)(stroke - value), value), "all",
                                 stroke + 1);
    }
    if (strcmp(name, "of") == 0) {
        return text_of(p, "pack.evidence.of", "kinds", codes_of(p, value));
    }
    return strcmp(part, "condition=unknown") == 0 ? text_of(p, "pack.evidence.condition", NULL, NULL) : part;
}

const char *okrug_application_evidence(okrug_application *p, const char *text) {
    const char *all = NULL;
    for (const char *at = text; at != NULL && *at != '\0'; at += strspn(at, "; ")) {
        size_t length = strcspn(at, ";");
        const char *part = part_of(p, okrug_report_format(p->m.report, "%.*s", (int)length, at));
        all = all == NULL ? part : okrug_report_format(p->m.report, "%s; %s", all, part);
        at += length;
    }
    return all;
}
