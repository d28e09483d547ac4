/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The door to Expat.
 */
#include "sources/xml.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <unicode/ucnv.h>

enum { DEEPEST = 64, LONGEST_TAG = 1 << 20, PIECE = 64 * 1024 };

struct okrug_xml {
    XML_Parser parser;
    okrug_xml_listener listener;
    int depth;
    int64_t fed;
    const char *reason;
};

/* "ns:Документ" -> "Документ" */
static const char *local(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void give_up(okrug_xml *xml, const char *reason) {
    if (xml->reason == NULL) {
        xml->reason = reason;
        XML_StopParser(xml->parser, XML_FALSE);
    }
}

static void on_open(void *user, const XML_Char *name, const XML_Char **attribute) {
    okrug_xml *xml = user;
    if (xml->reason != NULL) {
        return;
    }
    if (++xml->depth > DEEPEST) {
        give_up(xml, "too-deep");
        return;
    }
    xml->listener.open(xml->listener.user, local(name), attribute);
}

static void on_close(void *user, const XML_Char *name) {
    okrug_xml *xml = user;
    if (xml->reason == NULL) {
        xml->depth--;
        xml->listener.close(xml->listener.user, local(name));
    }
}

static void on_text(void *user, const XML_Char *text, int length) {
    okrug_xml *xml = user;
    if (xml->reason == NULL && xml->listener.text != NULL) {
        xml->listener.text(xml->listener.user, text, (size_t)length);
    }
}

static void on_document_type(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                             int has_subset) {
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    give_up(user, "document-type");
}

/* An encoding of single bytes, as windows-1251 in which many registers are: its letters, one by one. */
static int on_encoding(void *user, const XML_Char *name, XML_Encoding *encoding) {
    (void)user;
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &error);
    bool single = U_SUCCESS(error) && ucnv_getMaxCharSize(converter) == 1;
    for (int i = 0; single && i < 256; i++) {
        char byte = (char)i;
        UChar letter[4];
        UErrorCode one = U_ZERO_ERROR;
        int32_t length = ucnv_toUChars(converter, letter, 4, &byte, 1, &one);
        bool known =
            (one == U_ZERO_ERROR || one == U_STRING_NOT_TERMINATED_WARNING) && length == 1 && letter[0] != 0xFFFD;
        encoding->map[i] = known ? letter[0] : i == 0 ? 0 : -1;
    }
    ucnv_close(converter);
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    return single ? XML_STATUS_OK : XML_STATUS_ERROR;
}

static void listen_to(okrug_xml *xml) {
    xml->depth = 0;
    xml->fed = 0;
    xml->reason = NULL;
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_open, on_close);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_document_type);
    XML_SetUnknownEncodingHandler(xml->parser, on_encoding, NULL);
}

okrug_xml *okrug_xml_new(const okrug_xml_listener *listener) {
    okrug_xml *xml = calloc(1, sizeof *xml);
    if (xml == NULL) {
        return NULL;
    }
    xml->listener = *listener;
    xml->parser = XML_ParserCreate(NULL);
    if (xml->parser == NULL) {
        free(xml);
        return NULL;
    }
    listen_to(xml);
    return xml;
}

void okrug_xml_free(okrug_xml *xml) {
    if (xml != NULL) {
        XML_ParserFree(xml->parser);
        free(xml);
    }
}

bool okrug_xml_again(okrug_xml *xml) {
    bool again = XML_ParserReset(xml->parser, NULL) == XML_TRUE;
    if (again) {
        listen_to(xml);
    }
    return again;
}

static bool feed_piece(okrug_xml *xml, const char *bytes, size_t length, bool last) {
    xml->fed += (int64_t)length;
    enum XML_Status status = XML_Parse(xml->parser, bytes, (int)length, last);
    if (xml->reason == NULL && status == XML_STATUS_ERROR) {
        xml->reason = XML_GetErrorCode(xml->parser) == XML_ERROR_NO_MEMORY ? "no-memory" : "malformed";
    }
    /* What the parser holds back is one tag that has not ended. */
    if (xml->reason == NULL && !last && xml->fed - (int64_t)XML_GetCurrentByteIndex(xml->parser) > LONGEST_TAG) {
        xml->reason = "tag-too-long";
    }
    return xml->reason == NULL;
}

bool okrug_xml_feed(okrug_xml *xml, const char *bytes, size_t length, bool last) {
    for (; length > PIECE; bytes += PIECE, length -= PIECE) {
        if (!feed_piece(xml, bytes, PIECE, false)) {
            return false;
        }
    }
    return feed_piece(xml, bytes, length, last);
}

const char *okrug_xml_reason(const okrug_xml *xml) {
    return xml->reason == NULL ? "" : xml->reason;
}

int64_t okrug_xml_line(const okrug_xml *xml) {
    return (int64_t)XML_GetCurrentLineNumber(xml->parser);
}

void okrug_xml_stop(okrug_xml *xml) {
    give_up(xml, "stopped");
}
