/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The look of the HTML page: light and dark, wide tables scroll in their own box, A4 on paper with the margins of
 * Russian reports. Contrasts are at least 7:1 for text and 4.5:1 for the quieter colour.
 */
#include "writers/html.h"

const char okrug_html_style[] =
    ":root{color-scheme:light dark;--ink:#1a1a1a;--quiet:#5a5f66;--line:#c9cdd2;--paper:#fff;--band:#f3f5f7}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#eceff2;--quiet:#a9b0b8;--line:#4a5058;--paper:#15181b;"
    "--band:#1f2428}}\n"
    "body{margin:2rem auto;max-width:75rem;padding:0 1rem;background:var(--paper);color:var(--ink);"
    "font:1rem/1.5 \"PT Sans\",\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}\n"
    "h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.3rem;margin-top:2.5rem}h3{font-size:1.05rem;margin-bottom:."
    "3rem}\n"
    ".wide{overflow-x:auto;margin:1.5rem 0}\n"
    "table{border-collapse:collapse;font-size:.92rem}\n"
    "caption{text-align:left;padding:.3rem 0;font-weight:bold}\n"
    "th,td{padding:.25rem .7rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}\n"
    "thead th{border-bottom:2px solid var(--ink);vertical-align:bottom}tbody th{font-weight:normal}\n"
    "tbody tr:nth-child(even){background:var(--band)}\n"
    ".number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\n"
    ".unit,.missing{color:var(--quiet);font-weight:normal}.unit{display:block;font-size:.85em}\n"
    "td.missing{font-style:italic}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:.3rem 0}\n"
    "dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}li{margin:.25rem 0}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere}\n"
    "@page{size:A4;margin:20mm 15mm 20mm 30mm}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--quiet:#444;--line:#999;--paper:#fff;--band:#fff}"
    "body{margin:0;padding:0;max-width:none;font-size:10pt}.wide{overflow:visible}"
    "thead{display:table-header-group}tr{break-inside:avoid}h1,h2,h3,caption{break-after:avoid}}\n";

/* Figures keep their daylight colours, on paper of their own where the page is dark. */
const char okrug_html_report_style[] =
    "main{max-width:48rem;margin:auto}.kicker{color:var(--quiet);margin:0}h1{margin:.3rem 0 1rem}\n"
    ".lead{font-size:1.2rem;line-height:1.45}.note{color:var(--quiet);font-size:.88rem;margin:.4rem 0}\n"
    "h2.card{font-size:1.1rem;margin:1.6rem 0 .4rem}ul{padding-left:1.2rem}nav a{color:inherit}\n"
    "figure{margin:1.5rem 0}figure svg{display:block;width:100%;height:auto;background:#fff;padding:.5rem;"
    "box-sizing:border-box}figcaption{text-align:center;margin:.5rem 0}\n"
    "caption{font-weight:normal}.wide table{width:100%}\n"
    ".approval{width:44%;margin:0 0 2rem auto;line-height:1.3}.approval p{margin:.3rem 0}\n"
    "@media print{main{max-width:none}.break{break-before:page}figure{break-inside:avoid}figure svg{padding:0}"
    ".lead{font-size:13pt}}\n"
    ".mark{position:sticky;top:0;margin:0;padding:.3rem;text-align:center;font-weight:bold;background:var(--band);"
    "z-index:1}@media print{.mark{position:fixed;top:-12mm;left:0;right:0}}\n";
