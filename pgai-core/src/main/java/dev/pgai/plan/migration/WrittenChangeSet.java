package dev.pgai.plan.migration;

import java.util.List;
import java.util.Map;

/**
 * A change set before it is text of a format.
 *
 * @param changes the options of each change by its name
 */
record WrittenChangeSet(String id, String author, String comment, List<Map<String, Map<String, Object>>> changes) {}
