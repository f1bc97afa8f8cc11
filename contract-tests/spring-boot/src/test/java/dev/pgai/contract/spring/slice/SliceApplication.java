package dev.pgai.contract.spring.slice;

import dev.pgai.contract.spring.model.BlogEmbedding;
import dev.pgai.contract.spring.notes.NoteMapper;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** With entities and mappers. */
@SpringBootConfiguration
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = {BlogEmbedding.class, NoteMapper.class})
public class SliceApplication {}
