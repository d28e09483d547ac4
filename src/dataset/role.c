/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The domains of numbers: their codes, and which values they admit.
 */
#include <okrug/role.h>

#include <math.h>

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
