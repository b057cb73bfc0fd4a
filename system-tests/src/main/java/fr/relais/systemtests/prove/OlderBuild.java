package fr.relais.systemtests.prove;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;

/**
 * The build before this one, made of its programs: it does not know one of the events yet, and has a view in an earlier
 * version. All else of it is this build.
 */
final class OlderBuild {

    private static final String EVENTS = "common-events-";
    private static final String VERSION = "version";

    private OlderBuild() {}

    /**
     * Copies unpacked programs and takes an event from all of them.
     *
     * @param event the record's class file in the jar of the events
     * @param called the name that it bears on the wire, {@code pathway.note-added}
     */
    static void without(String event, String called, Path programs, Path older) throws IOException {
        try (Stream<Path> all = Files.walk(programs)) {
            for (Path each : all.toList()) {
                Path copy = older.resolve(programs.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else if (each.getFileName().toString().startsWith(EVENTS)) {
                    change(each, copy, event, classFile -> renamed(classFile, called));
                } else if (each.getFileName().toString().endsWith(".jar")) {
                    Files.copy(each, copy);
                }
            }
        }
    }

    /**
     * Takes a view of a program a version back.
     *
     * @param projector its class file in the program's own jar
     * @return the version that it has now
     */
    static int withEarlier(String projector, String program, Path older) throws IOException {
        Path jar;
        try (Stream<Path> all = Files.list(older.resolve(program))) {
            jar = all.filter(each -> each.getFileName().toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        AtomicInteger version = new AtomicInteger();
        Path changed = jar.resolveSibling("changed");
        change(jar, changed, projector, classFile -> earlier(classFile, version));
        Files.move(changed, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return version.get();
    }

    private static void change(Path jar, Path to, String entry, UnaryOperator<byte[]> how) throws IOException {
        boolean found = false;
        try (JarFile from = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            Enumeration<JarEntry> entries = from.entries();
            while (entries.hasMoreElements()) {
                JarEntry each = entries.nextElement();
                out.putNextEntry(new JarEntry(each.getName()));
                try (InputStream in = from.getInputStream(each)) {
                    byte[] bytes = in.readAllBytes();
                    boolean isIt = each.getName().equals(entry);
                    found |= isIt;
                    out.write(isIt ? how.apply(bytes) : bytes);
                }
                out.closeEntry();
            }
        }
        if (!found) {
            throw new IOException(jar + " has no " + entry);
        }
    }

    // The build reads and writes nothing of the name that it had: as if it had not been thought of.
    private static byte[] renamed(byte[] classFile, String called) {
        ClassFile files = ClassFile.of();
        return files.transformClass(files.parse(classFile), (builder, element) -> {
            if (element instanceof RuntimeVisibleAnnotationsAttribute annotations) {
                builder.with(RuntimeVisibleAnnotationsAttribute.of(annotations.annotations().stream()
                        .map(each -> renamed(each, called))
                        .toList()));
            } else {
                builder.with(element);
            }
        });
    }

    private static Annotation renamed(Annotation annotation, String called) {
        return Annotation.of(
                annotation.classSymbol(),
                annotation.elements().stream()
                        .map(element -> element.value() instanceof AnnotationValue.OfString text
                                        && text.stringValue().equals(called)
                                ? AnnotationElement.ofString(element.name().stringValue(), called + "-not-thought-of")
                                : element)
                        .toList());
    }

    private static byte[] earlier(byte[] classFile, AtomicInteger version) {
        ClassFile files = ClassFile.of();
        ClassModel model = files.parse(classFile);
        int now = model.methods().stream()
                .filter(method -> method.methodName().equalsString(VERSION))
                .map(OlderBuild::constantOf)
                .findFirst()
                .orElseThrow();
        version.set(now - 1);
        return files.transformClass(
                model,
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString(VERSION), (builder, element) -> {
                            if (element instanceof CodeModel) {
                                builder.withCode(
                                        code -> code.loadConstant(now - 1).ireturn());
                            } else {
                                builder.with(element);
                            }
                        }));
    }

    private static int constantOf(MethodModel method) {
        return method.code()
                .orElseThrow()
                .elementStream()
                .filter(ConstantInstruction.class::isInstance)
                .map(each -> ((ConstantInstruction) each).constantValue())
                .map(value -> (Integer) value)
                .findFirst()
                .orElseThrow();
    }
}
