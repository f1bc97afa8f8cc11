package dev.pgai.liquibase;

import java.util.Map;

/** What switches the schedule of a vectorizer, which must be there. */
abstract class ScheduleChange extends VectorizerChange {

    private String name;

    ScheduleChange(String name) {
        this.name = name;
    }

    @Override
    final void read(Map<String, Object> values) {
        ChangeOptions options = new ChangeOptions(values);
        name = options.text("name");
        options.refuseOthers();
    }

    @Override
    final Map<String, Object> values() {
        return Map.of("name", name);
    }

    @Override
    final String vectorizer() {
        return name;
    }
}
