package io.imaas.jenkins.run;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Place;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.source.SourceHead;
import io.imaas.plan.Plan;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.Undo;
import io.imaas.run.Event;
import io.imaas.run.Outcome;
import io.imaas.run.StepOutput;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The form in which a build keeps the engine's values: records as objects by the names of their components, choices by
 * the name of the record. What a later version added is absent in an older file: null, or empty for lists and maps; what
 * it dropped is passed over. So components and records may be added, but not renamed.
 */
final class KeptJson {
    /** Under which an event's reader finds the plan that the event is about. */
    private static final String PLAN = "plan";

    private static final List<Class<?>> CHOICES = List.of(
            PlannedStep.class,
            Outcome.class,
            StepOutput.class,
            Event.class,
            RolloutStatus.class,
            SourceHead.class,
            PlanRequest.class);

    private static final JsonMapper WHOLE = mapper(new SimpleModule("whole"));
    private static final JsonMapper BESIDE_PLAN = mapper(besidePlan());

    private KeptJson() {}

    static byte[] of(Object record) throws IOException {
        return WHOLE.writeValueAsBytes(record);
    }

    static <T> T read(byte[] json, Class<T> type) throws IOException {
        return WHOLE.readValue(json, type);
    }

    /** Whether it is an object with a beginning and an end. */
    static boolean isWhole(byte[] json) throws IOException {
        try {
            return WHOLE.readTree(json).isObject();
        } catch (JsonProcessingException torn) {
            return false;
        }
    }

    /** One line; the plan itself is left out, and its steps are named by their ids. */
    static byte[] of(Event event) throws IOException {
        return BESIDE_PLAN.writerFor(Event.class).writeValueAsBytes(event);
    }

    static Event event(byte[] json, Plan plan) throws IOException {
        return BESIDE_PLAN.readerFor(Event.class).withAttribute(PLAN, plan).readValue(json);
    }

    private static JsonMapper mapper(Module more) {
        JsonMapper.Builder builder = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(servers())
                .addModule(more)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                // What a record works out from its components is not kept.
                .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .withConfigOverride(
                        List.class, list -> list.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
                .withConfigOverride(
                        Map.class, map -> map.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        builder.addMixIn(Failure.class, WithPlaceAsText.class);
        for (Class<?> choice : CHOICES) {
            builder.addMixIn(choice, ByName.class);
            for (Class<?> one : choice.getPermittedSubclasses()) {
                builder.registerSubtypes(new NamedType(one, one.getSimpleName()));
            }
        }
        return builder.build();
    }

    /** A place in words, as the first version kept it: nobody asks a kept failure for its file. */
    private abstract static class WithPlaceAsText {
        @JsonSerialize(using = ToStringSerializer.class)
        @JsonDeserialize(converter = PlaceOfText.class)
        Place where;
    }

    private static final class PlaceOfText extends StdConverter<String, Place> {
        @Override
        public Place convert(String text) {
            return new Place.Named(text);
        }
    }

    /** Not looked up: a name's address may be another one later, or none. */
    private static SimpleModule servers() {
        return new SimpleModule("servers")
                .addSerializer(
                        InetSocketAddress.class,
                        new StdDelegatingSerializer(
                                InetSocketAddress.class, new StdConverter<InetSocketAddress, String>() {
                                    @Override
                                    public String convert(InetSocketAddress server) {
                                        return server.getHostString() + ":" + server.getPort();
                                    }
                                }))
                .addDeserializer(
                        InetSocketAddress.class,
                        new StdDelegatingDeserializer<>(new StdConverter<String, InetSocketAddress>() {
                            @Override
                            public InetSocketAddress convert(String text) {
                                int colon = text.lastIndexOf(':');
                                return InetSocketAddress.createUnresolved(
                                        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
                            }
                        }));
    }

    private static SimpleModule besidePlan() {
        return new SimpleModule("besidePlan")
                .addSerializer(PlannedStep.class, new StepById())
                .addDeserializer(PlannedStep.class, new StepOfPlan())
                .addSerializer(Plan.class, new Nothing())
                .addDeserializer(Plan.class, new PlanBeside());
    }

    private static Plan plan(DeserializationContext context) {
        return (Plan) context.getAttribute(PLAN);
    }

    /** Which of several records it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    private interface ByName {}

    private static final class StepById extends JsonSerializer<PlannedStep> {
        @Override
        public void serialize(PlannedStep step, JsonGenerator json, SerializerProvider all) throws IOException {
            json.writeString(step.id());
        }

        @Override
        public void serializeWithType(
                PlannedStep step, JsonGenerator json, SerializerProvider all, TypeSerializer types) throws IOException {
            serialize(step, json, all);
        }
    }

    private static final class StepOfPlan extends JsonDeserializer<PlannedStep> {
        @Override
        public PlannedStep deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String id = json.getText();
            // What takes a step back is in no plan: the run itself adds it.
            return plan(context)
                    .steps()
                    .flatMap(step -> Stream.of(step, new Undo(step)))
                    .filter(step -> step.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the plan has no step '" + id + "'"));
        }

        @Override
        public Object deserializeWithType(JsonParser json, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return deserialize(json, context);
        }
    }

    private static final class Nothing extends JsonSerializer<Plan> {
        @Override
        public void serialize(Plan plan, JsonGenerator json, SerializerProvider all) throws IOException {
            json.writeBoolean(true);
        }
    }

    private static final class PlanBeside extends JsonDeserializer<Plan> {
        @Override
        public Plan deserialize(JsonParser json, DeserializationContext context) throws IOException {
            json.skipChildren();
            return plan(context);
        }
    }
}
