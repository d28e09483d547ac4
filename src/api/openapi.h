/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the files share that write schemas/openapi.json.
 */
#ifndef OKRUG_API_OPENAPI_H
#define OKRUG_API_OPENAPI_H

#include "api/routes.h"

/* The key `parameters` of an operation. */
void okrug_openapi_parameters(const okrug_route *route, okrug_json *json);

/* Adds members to the object of schemas, with commas between them. */
void okrug_openapi_rows(okrug_buffer *out);

#endif
