package com.listingsync.embedded.sheets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.listingsync.embedded.world.SampleWorld;
import com.listingsync.embedded.world.SheetSnapshot;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The documents that describe the spreadsheet and its values, each made from one snapshot of each tab. Thread-safe. */
final class Spreadsheet {
    static final Set<String> PROPERTIES_FIELDS =
            Set.of("spreadsheetId", "properties", "sheets", "namedRanges", "spreadsheetUrl");
    static final Set<String> BATCH_FIELDS = Set.of("spreadsheetId", "valueRanges");
    static final Set<String> VALUES_FIELDS = Set.of("range", "majorDimension", "values");
    static final Set<String> FILE_FIELDS =
            Set.of("kind", "id", "name", "mimeType", "modifiedTime", "createdTime", "version", "trashed");
    /** What Drive answers when it is not asked for more. */
    static final String FILE_DEFAULT_FIELDS = "kind,id,name,mimeType";

    private static final String TITLE = "Sample listings";
    private static final DateTimeFormatter DRIVE_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final String id;
    private final SampleWorld world;
    private final HandmadeTabs handmade;
    private volatile String timeZone = "America/Toronto";

    Spreadsheet(String id, SampleWorld world, HandmadeTabs handmade) {
        this.id = id;
        this.world = world;
        this.handmade = handmade;
    }

    void timeZone(String name) {
        timeZone = name;
    }

    ObjectNode properties() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("spreadsheetId", id);
        json.putObject("properties")
                .put("title", TITLE)
                .put("locale", "en_CA")
                .put("autoRecalc", "ON_CHANGE")
                .put("timeZone", timeZone);
        ArrayNode sheets = json.putArray("sheets");
        List<Grid> grids = grids();
        for (int index = 0; index < grids.size(); index++) {
            Grid grid = grids.get(index);
            ObjectNode properties = sheets.addObject().putObject("properties");
            properties
                    .put("sheetId", grid.id())
                    .put("title", grid.title())
                    .put("index", index)
                    .put("sheetType", "GRID");
            properties
                    .putObject("gridProperties")
                    .put("rowCount", grid.rowCount())
                    .put("columnCount", grid.columnCount())
                    .put("frozenRowCount", index == 0 ? 1 : 0);
        }
        return json.put("spreadsheetUrl", "https://docs.google.example/spreadsheets/d/" + id + "/edit");
    }

    ObjectNode values(String range, ValueRequest wanted) throws GoogleRefusal {
        return values(range, wanted, grids());
    }

    ObjectNode batch(List<String> ranges, ValueRequest wanted) throws GoogleRefusal {
        List<Grid> grids = grids();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("spreadsheetId", id);
        ArrayNode valueRanges = json.putArray("valueRanges");
        for (String range : ranges) {
            valueRanges.add(values(range, wanted, grids));
        }
        return json;
    }

    ObjectNode file() {
        SheetSnapshot sheet = world.sheet();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", "drive#file")
                .put("id", id)
                .put("name", TITLE)
                .put("mimeType", "application/vnd.google-apps.spreadsheet")
                .put("createdTime", "2024-01-15T14:00:00.000Z")
                .put("modifiedTime", DRIVE_TIME.format(sheet.modified()))
                .put("trashed", false);
        // A 64-bit number is a string in Google's JSON.
        return json.put("version", Long.toString(sheet.version() + handmade.changes()));
    }

    private List<Grid> grids() {
        List<Grid> grids = new ArrayList<>(Grid.tabs(world.sheet()));
        grids.addAll(handmade.grids());
        return grids;
    }

    private static ObjectNode values(String range, ValueRequest wanted, List<Grid> grids) throws GoogleRefusal {
        return ValueRange.json(A1Range.parse(range, grids), wanted.rendering(), wanted.major());
    }
}
