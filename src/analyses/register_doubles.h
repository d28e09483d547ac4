/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows of a register of firms that say the same of themselves: one address, or one INN.
 */
#ifndef OKRUG_ANALYSES_REGISTER_DOUBLES_H
#define OKRUG_ANALYSES_REGISTER_DOUBLES_H

#include <okrug/dataset.h>

/* Both mark in `same` (rows) those of the rows in `looked_at` (rows) that share it with another of them. Columns that
 * the table does not have, and missing cells, are shared with nobody. OKRUG_NO_MEMORY. Cost: O(rows + text). */

/* `address`, however it is spelt: see okrug_address_read. */
okrug_status okrug_register_same_address(okrug_ctx *ctx, const okrug_table *table, const bool *looked_at, bool *same);
/* `inn`; two rows whose `kpp` is known and differs are a firm and its branch, and are left alone. */
okrug_status okrug_register_same_inn(okrug_ctx *ctx, const okrug_table *table, const bool *looked_at, bool *same);

#endif
