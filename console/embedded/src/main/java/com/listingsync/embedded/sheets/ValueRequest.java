package com.listingsync.embedded.sheets;

import com.listingsync.embedded.upstream.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a client wants to have values. */
record ValueRequest(Rendering rendering, ValueRange.Major major) {
    /** @throws GoogleRefusal when a parameter has a value that it can't have */
    static ValueRequest of(Map<String, List<String>> parameters) throws GoogleRefusal {
        return new ValueRequest(
                new Rendering(
                        option(parameters, "valueRenderOption", Rendering.Values.FORMATTED_VALUE),
                        option(parameters, "dateTimeRenderOption", Rendering.Dates.SERIAL_NUMBER)),
                option(parameters, "majorDimension", ValueRange.Major.ROWS));
    }

    private static <E extends Enum<E>> E option(Map<String, List<String>> parameters, String name, E otherwise)
            throws GoogleRefusal {
        Optional<String> value = Request.first(parameters, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .filter(each -> each.name().equals(value.get()))
                .findFirst()
                .orElseThrow(() -> GoogleRefusal.invalid("Invalid value at '" + name + "': \"" + value.get() + '"'));
    }
}
