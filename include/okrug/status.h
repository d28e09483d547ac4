/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a function that can fail answers. The status says which kind of thing went wrong; what exactly, and
 * where, is in the context as a fault (see context.h). One list gives the names, the class of each and, through
 * the class, the exit code of the command line and the code of the HTTP server.
 */
#ifndef OKRUG_STATUS_H
#define OKRUG_STATUS_H

/* X(class, exit code, HTTP code) */
#define OKRUG_CLASSES(X)                                                                                               \
    X(DONE, 0, 200)                                                                                                    \
    X(USAGE, 2, 400)                                                                                                   \
    X(INPUT, 3, 422)                                                                                                   \
    X(SOLUTION, 4, 422)                                                                                                \
    X(IO, 5, 500)                                                                                                      \
    X(WORKSPACE, 6, 409)                                                                                               \
    X(DEFECT, 70, 500)                                                                                                 \
    X(CANCELLED, 130, 409)

/* X(name, class) */
#define OKRUG_STATUSES(X)                                                                                              \
    X(OK, DONE)                                                                                                        \
    X(BAD_USAGE, USAGE)      /* an unknown analysis or option, a value outside its range */                            \
    X(NOT_FOUND, USAGE)      /* a named thing (dataset, table, parameter) does not exist */                            \
    X(BAD_INPUT, INPUT)      /* data that the reader or the analysis cannot accept; every fault is in the context */   \
    X(NO_SOLUTION, SOLUTION) /* singular, infeasible, or outside what the method can answer */                         \
    X(NOT_CONVERGED, SOLUTION)                                                                                         \
    X(READ_FAILED, IO)                                                                                                 \
    X(WRITE_FAILED, IO) /* disk full, folder read-only */                                                              \
    X(NO_MEMORY, IO)                                                                                                   \
    X(LOCKED, WORKSPACE) /* another program is writing the workspace */                                                \
    X(NEWER, WORKSPACE)  /* the workspace was made by a newer okrug */                                                 \
    X(EXISTS, WORKSPACE) /* the name of something new is taken */                                                      \
    X(CANCELLED, CANCELLED)                                                                                            \
    X(DEFECT, DEFECT) /* okrug itself is wrong */

typedef enum {
#define OKRUG_X(name, exit_code, http_code) OKRUG_CLASS_##name,
    OKRUG_CLASSES(OKRUG_X)
#undef OKRUG_X
} okrug_class;

typedef enum {
#define OKRUG_X(name, class_name) OKRUG_##name,
    OKRUG_STATUSES(OKRUG_X)
#undef OKRUG_X
} okrug_status;

/* The name as written above ("BAD_INPUT"); "UNKNOWN" for a value outside the list. Static storage. */
const char *okrug_status_name(okrug_status status);
okrug_class okrug_status_class(okrug_status status);
int okrug_status_exit_code(okrug_status status);
int okrug_status_http_code(okrug_status status);

/* Leaves the calling function with the status of `call` unless it is OKRUG_OK. For functions that own nothing yet. */
#define OKRUG_TRY(call)                                                                                                \
    do {                                                                                                               \
        okrug_status okrug_try_status_ = (call);                                                                       \
        if (okrug_try_status_ != OKRUG_OK) {                                                                           \
            return okrug_try_status_;                                                                                  \
        }                                                                                                              \
    } while (0)

#endif
