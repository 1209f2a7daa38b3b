package com.listingsync.embedded.mls;

import com.listingsync.embedded.world.Feed;
import com.listingsync.embedded.world.Field;
import com.listingsync.embedded.world.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.olingo.commons.api.edm.EdmPrimitiveTypeKind;
import org.apache.olingo.commons.api.edm.FullQualifiedName;
import org.apache.olingo.commons.api.edm.provider.CsdlAbstractEdmProvider;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainer;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityContainerInfo;
import org.apache.olingo.commons.api.edm.provider.CsdlEntitySet;
import org.apache.olingo.commons.api.edm.provider.CsdlEntityType;
import org.apache.olingo.commons.api.edm.provider.CsdlProperty;
import org.apache.olingo.commons.api.edm.provider.CsdlPropertyRef;
import org.apache.olingo.commons.api.edm.provider.CsdlSchema;
import org.jspecify.annotations.Nullable;

/**
 * The OData model of one feed: the resources with the fields that this feed shows. A field that only VOW has is unknown
 * to IDX, in filters too, so that IDX can't learn it.
 */
final class FeedModel extends CsdlAbstractEdmProvider {
    private static final String NAMESPACE = "org.reso.metadata";
    private static final FullQualifiedName CONTAINER = new FullQualifiedName(NAMESPACE, "Default");

    private final Feed feed;

    FeedModel(Feed feed) {
        this.feed = feed;
    }

    @Override
    public @Nullable CsdlEntityType getEntityType(FullQualifiedName name) {
        return name.getNamespace().equals(NAMESPACE)
                ? Resource.named(name.getName()).map(this::entityType).orElse(null)
                : null;
    }

    @Override
    public @Nullable CsdlEntitySet getEntitySet(FullQualifiedName container, String name) {
        Optional<Resource> resource = Resource.named(name);
        return container.equals(CONTAINER) ? resource.map(FeedModel::entitySet).orElse(null) : null;
    }

    @Override
    public CsdlEntityContainer getEntityContainer() {
        return new CsdlEntityContainer()
                .setName(CONTAINER.getName())
                .setEntitySets(Arrays.stream(Resource.values())
                        .map(FeedModel::entitySet)
                        .toList());
    }

    @Override
    public @Nullable CsdlEntityContainerInfo getEntityContainerInfo(@Nullable FullQualifiedName name) {
        return name == null || name.equals(CONTAINER)
                ? new CsdlEntityContainerInfo().setContainerName(CONTAINER)
                : null;
    }

    @Override
    public List<CsdlSchema> getSchemas() {
        return List.of(new CsdlSchema()
                .setNamespace(NAMESPACE)
                .setEntityTypes(
                        Arrays.stream(Resource.values()).map(this::entityType).toList())
                .setEntityContainer(getEntityContainer()));
    }

    private static CsdlEntitySet entitySet(Resource resource) {
        return new CsdlEntitySet()
                .setName(resource.wireName())
                .setType(new FullQualifiedName(NAMESPACE, resource.wireName()));
    }

    private CsdlEntityType entityType(Resource resource) {
        return new CsdlEntityType()
                .setName(resource.wireName())
                .setKey(List.of(new CsdlPropertyRef().setName(resource.keyField())))
                .setProperties(Field.of(resource, feed).stream()
                        .map(field -> property(field, field.name().equals(resource.keyField())))
                        .toList());
    }

    private static CsdlProperty property(Field field, boolean key) {
        CsdlProperty property = new CsdlProperty()
                .setName(field.name())
                .setType(kind(field.shape().type()).getFullQualifiedName())
                .setCollection(field.shape().collection())
                .setNullable(!key);
        if (field.shape().type() == Field.Type.DECIMAL) {
            field.shape().size().ifPresent(property::setPrecision);
            field.shape().scale().ifPresent(property::setScale);
        } else if (field.shape().type() == Field.Type.STRING) {
            field.shape().size().ifPresent(property::setMaxLength);
        }
        return property;
    }

    private static EdmPrimitiveTypeKind kind(Field.Type type) {
        return switch (type) {
            case STRING -> EdmPrimitiveTypeKind.String;
            case INTEGER -> EdmPrimitiveTypeKind.Int64;
            case DECIMAL -> EdmPrimitiveTypeKind.Decimal;
            case BOOLEAN -> EdmPrimitiveTypeKind.Boolean;
            case DATE -> EdmPrimitiveTypeKind.Date;
            case TIMESTAMP -> EdmPrimitiveTypeKind.DateTimeOffset;
        };
    }
}
