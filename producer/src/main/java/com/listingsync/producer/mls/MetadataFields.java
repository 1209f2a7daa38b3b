package com.listingsync.producer.mls;

import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The fields of every resource, out of an OData {@code $metadata} document (OData CSDL XML 4.01). Immutable.
 *
 * @param byResource names of the fields by the name of the entity set
 */
record MetadataFields(Map<String, Set<String>> byResource) {

    MetadataFields {
        byResource = Map.copyOf(byResource);
    }

    /** The document; empty when it is none. */
    static Optional<MetadataFields> of(String xml) {
        Map<String, Set<String>> types = new HashMap<>();
        Map<String, String> sets = new HashMap<>();
        try {
            XMLInputFactory factory = XMLInputFactory.newFactory();
            factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
            factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
            String type = "";
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    String name = text(reader, "Name");
                    switch (reader.getLocalName()) {
                        case "EntityType" -> type = name;
                        case "Property" ->
                            types.computeIfAbsent(type, one -> new HashSet<>()).add(name);
                        case "EntitySet" -> sets.put(name, text(reader, "EntityType"));
                        default -> {
                            // Keys, links and annotations say nothing of fields.
                        }
                    }
                }
            }
        } catch (XMLStreamException e) {
            // Not XML, or cut off: the caller says that it could not be read.
            return Optional.empty();
        }
        Map<String, Set<String>> byResource = new HashMap<>();
        sets.forEach((set, type) ->
                byResource.put(set, types.getOrDefault(type.substring(type.lastIndexOf('.') + 1), Set.of())));
        return sets.isEmpty() ? Optional.empty() : Optional.of(new MetadataFields(byResource));
    }

    private static String text(XMLStreamReader reader, String attribute) {
        @Nullable String value = reader.getAttributeValue(null, attribute);
        return value == null ? "" : value;
    }
}
