package dev.pgai.contract.spring.notes;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** As a user writes it. */
@SpringBootApplication
public class NotesApplication {}
