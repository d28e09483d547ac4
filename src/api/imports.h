/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Handlers of what reads uploaded files: an upload, a look at what importing it would do, the import.
 */
#ifndef OKRUG_API_IMPORTS_H
#define OKRUG_API_IMPORTS_H

#include "api/routes.h"

/* With the parts of the file; one whose parts cannot be told is not kept. */
okrug_status okrug_post_upload(okrug_call *call, okrug_buffer *body);
okrug_status okrug_delete_upload(okrug_call *call, okrug_buffer *body);
okrug_status okrug_preview_import(okrug_call *call, okrug_buffer *body);
/* What was imported is no upload any more. */
okrug_status okrug_post_import(okrug_call *call, okrug_buffer *body);

#endif
