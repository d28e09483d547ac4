/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Supply and use tables brought to later totals together (SUT-RAS: Temurshoev and Timmer 2011), the totals of products
 * not being known: what is supplied of each product is what is used of it.
 *
 * Matrices are row-major. With factors r_i of products, q_i of imported products, s_k of users, t_j of suppliers and
 * one t_m of imports, all above 0,
 *
 *   supply        v_ij = v0_ij t_j / r_i      domestic use  d_ik = d0_ik r_i s_k      sum_j v_ij = sum_k d_ik
 *   imports       m_i  = m0_i  t_m / q_i      imported use  e_ik = e0_ik q_i s_k            m_i = sum_k e_ik
 *
 * where a cell is not below 0, and divided by the same factor where it is. That is GRAS of one table, whose rows are
 * products that sum to 0, and whose columns are users and, with the sign turned, suppliers: okrug/balance.h solves it
 * and tells why there is no answer.
 */
#ifndef OKRUG_SUPPLY_USE_UPDATE_H
#define OKRUG_SUPPLY_USE_UPDATE_H

#include <okrug/balance.h>

typedef struct {
    int64_t products, users, suppliers;
    const double *supply;       /* products x suppliers: industries, and columns such as imports, margins, taxes */
    const double *use;          /* products x users: all of it */
    const double *imports;      /* products x users: the part of use that is imported; NULL: not told apart */
    const double *supply_total; /* suppliers */
    const double *use_total;    /* users: of all use */
    double import_total;        /* where imports are told apart */
} okrug_supply_use_update;

/* The table whose balance is the update. Rows: products, then, where imports are told apart, imported products.
 * Columns: users, then suppliers, then imports. Everything that it points to is scratch memory. OKRUG_NO_MEMORY.
 * Test: Austria 2005 to 2006, United Nations (2018), boxes 18.2 and 18.5. */
okrug_status okrug_supply_use_stack(okrug_ctx *ctx, const okrug_supply_use_update *from,
                                    okrug_balance_problem *problem);

/* The three tables from x, the stacked table balanced. `imports` NULL where they are not told apart. */
void okrug_supply_use_unstack(const okrug_supply_use_update *from, const double *x, double *supply, double *use,
                              double *imports);

#endif
