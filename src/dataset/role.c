/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Roles: the domains of numbers and which values they admit, which roles are of codes, and what no code can be.
 */
#include <okrug/role.h>

#include <math.h>
#include <string.h>

static const char *const codes[] = {
#define OKRUG_X(name, code) code,
    OKRUG_DOMAINS(OKRUG_X)
#undef OKRUG_X
};

const char *okrug_domain_code(okrug_domain domain) {
    return codes[domain];
}

bool okrug_domain_admits(okrug_domain domain, double value) {
    if (!isfinite(value)) {
        return false;
    }
    switch (domain) {
    case OKRUG_DOMAIN_ANY:
        return true;
    case OKRUG_DOMAIN_NOT_NEGATIVE:
        return value >= 0.0;
    case OKRUG_DOMAIN_POSITIVE:
        return value > 0.0;
    case OKRUG_DOMAIN_SHARE:
        return value >= 0.0 && value <= 1.0;
    case OKRUG_DOMAIN_LATITUDE:
        return value >= -90.0 && value <= 90.0;
    case OKRUG_DOMAIN_LONGITUDE:
        return value >= -180.0 && value <= 180.0;
    default: /* of texts */
        return false;
    }
}

bool okrug_role_is_code(const okrug_role *role) {
    static const char *const names[] = {"firm", "industry", "product", "region"};
    bool named = role->need != OKRUG_OPTIONAL;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        named = named || strcmp(role->name, names[i]) == 0;
    }
    bool number_of_register = role->domain >= OKRUG_DOMAIN_INN && role->domain <= OKRUG_DOMAIN_OKPD;
    return role->type == OKRUG_TEXT && (number_of_register || (named && role->domain == OKRUG_DOMAIN_ANY));
}

bool okrug_text_is_scientific(const char *text, size_t length) {
    const char *power = length < 5 ? NULL : memchr(text, 'E', length - 2);
    size_t before = power == NULL ? 0 : (size_t)(power - text);
    if (before == 0 || power[1] != '+') {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        bool mark = i == before || i == before + 1 || (i == 1 && before > 2 && (text[i] == '.' || text[i] == ','));
        if (!mark && (text[i] < '0' || text[i] > '9')) {
            return false;
        }
    }
    return true;
}
