package com.listingsync.embedded.postgrest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {
    @ParameterizedTest
    @CsvSource({
        "08003, 503", "09000, 500", "0L000, 403", "0P000, 403", "21000, 500", "22012, 400", "23502, 400", "23503, 409",
                "23505, 409",
        "25000, 500", "25006, 405", "28000, 403", "2D000, 500", "38000, 500", "39000, 500", "3B000, 500", "40P01, 500",
                "42501, 403",
        "42883, 404", "42P01, 404", "42P17, 500", "42703, 400", "53300, 503", "53400, 500", "54000, 500", "55P03, 500",
                "57014, 500",
        "57P01, 503", "58000, 500", "F0000, 500", "HV000, 500", "P0001, 400", "P0002, 500", "PT418, 418", "PTxyz, 500",
                "XX000, 500",
        "99999, 400"
    })
    void givesTheStatusOfPostgrest(String sqlState, int status) {
        assertThat(SqlStates.status(sqlState, "message", false)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "42501, permission denied, 401",
        "21000, UPDATE requires a WHERE clause, 400",
        "22023, role \"x\" does not exist, 401"
    })
    void looksAtTheCallerAndTheMessageWhereTheCodeIsNotEnough(String sqlState, String message, int status) {
        assertThat(SqlStates.status(sqlState, message, true)).isEqualTo(status);
    }
}
