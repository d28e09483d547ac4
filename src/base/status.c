/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names, classes and codes of statuses, all from the two lists of status.h.
 */
#include <stdbool.h>
#include <stddef.h>

#include <okrug/status.h>

static const struct {
    const char *name;
    okrug_class class;
} statuses[] = {
#define OKRUG_X(name, class_name) {#name, OKRUG_CLASS_##class_name},
    OKRUG_STATUSES(OKRUG_X)
#undef OKRUG_X
};

static const struct {
    int exit_code;
    int http_code;
} classes[] = {
#define OKRUG_X(name, exit_code, http_code) {exit_code, http_code},
    OKRUG_CLASSES(OKRUG_X)
#undef OKRUG_X
};

/* Whatever is outside the list can only come from a defect. */
static bool is_status(okrug_status status) {
    return (size_t)status < sizeof statuses / sizeof statuses[0];
}

const char *okrug_status_name(okrug_status status) {
    return is_status(status) ? statuses[status].name : "UNKNOWN";
}

okrug_class okrug_status_class(okrug_status status) {
    return is_status(status) ? statuses[status].class : OKRUG_CLASS_DEFECT;
}

int okrug_status_exit_code(okrug_status status) {
    return classes[okrug_status_class(status)].exit_code;
}

int okrug_status_http_code(okrug_status status) {
    return classes[okrug_status_class(status)].http_code;
}
