/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * JSON bodies of requests -> what the engine takes. Strict: every fault is named with the member it is in, members
 * that are not known are refused, and so is what is nested deeper than anything we take.
 */
#ifndef OKRUG_API_BODY_H
#define OKRUG_API_BODY_H

#include "engine/engine.h"

enum { OKRUG_BODY_DEPTH = 16, OKRUG_BODY_OPTIONS = 256 };

/* BAD_USAGE ("body-syntax", "body-too-deep", "body-type", "body-missing", "body-unknown", "too-many-options"). Texts
 * live as long as the context. */
okrug_status okrug_body_job(okrug_ctx *ctx, const char *bytes, size_t length, okrug_job_request *request);

#endif
