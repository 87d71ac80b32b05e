import java.io.*;
import java.nio.file.*;
import java.util.*;
import org.apache.maven.model.*;
import org.apache.maven.model.building.*;
import org.apache.maven.model.resolution.*;

/** What Maven's model builder makes of all pom.xml files of each folder on standard input, a
 *  line a dependency: folder, where it is written, its line, group, artifact, version, scope,
 *  optional; or "E", the folder and the file that it refuses. */
public class Poms {
    /** Projects of one folder, as if they had been installed. */
    static class Here implements ModelResolver {
        final Map<String, File> files = new HashMap<>();

        public ModelSource resolveModel(String group, String artifact, String version) throws UnresolvableModelException {
            File file = files.get(group + ":" + artifact + ":" + version);
            if (file == null)
                throw new UnresolvableModelException("not here", group, artifact, version);
            return new FileModelSource(file);
        }
        public ModelSource resolveModel(Parent p) throws UnresolvableModelException {
            return resolveModel(p.getGroupId(), p.getArtifactId(), p.getVersion());
        }
        public ModelSource resolveModel(Dependency d) throws UnresolvableModelException {
            return resolveModel(d.getGroupId(), d.getArtifactId(), d.getVersion());
        }
        public void addRepository(Repository r) {}
        public void addRepository(Repository r, boolean replace) {}
        public ModelResolver newCopy() {
            return this;
        }
    }

    static final ModelBuilder builder = new DefaultModelBuilderFactory().newInstance();

    static ModelBuildingRequest request(File file, Here here) {
        return new DefaultModelBuildingRequest().setPomFile(file).setModelResolver(here).setLocationTracking(true)
            .setSystemProperties(new Properties()).setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL);
    }

    static void name(File file, Here here) {
        Result<? extends Model> raw = builder.buildRawModel(file, ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL, false);
        Model m = raw.get();
        if (m == null || m.getParent() == null && (m.getGroupId() == null || m.getVersion() == null))
            return;
        String group = m.getGroupId() != null ? m.getGroupId() : m.getParent().getGroupId();
        String version = m.getVersion() != null ? m.getVersion() : m.getParent().getVersion();
        here.files.put(group + ":" + m.getArtifactId() + ":" + version, file);
    }

    static void tell(String folder, File file, Here here, PrintStream out) {
        try {
            for (Dependency d : effective(file, here).getDependencies()) {
                InputLocation at = d.getLocation("");
                String where = Paths.get(folder).relativize(Paths.get(at.getSource().getLocation())).toString();
                out.println(String.join("\t", folder, where, "" + at.getLineNumber(), d.getGroupId(), d.getArtifactId(),
                    "" + d.getVersion(), "" + d.getScope(), "" + d.getOptional()));
            }
        } catch (ModelBuildingException e) {
            out.println("E\t" + folder + "\t" + Paths.get(folder).relativize(file.toPath()) + "\t" + e.getMessage().replaceAll("\\s+", " "));
        }
    }

    /** Where nothing but versions of its own dependencies are missing it will do. A list with such
     *  an error is not imported. */
    static Model effective(File file, Here here) throws ModelBuildingException {
        try {
            return builder.build(request(file, here)).getEffectiveModel();
        } catch (ModelBuildingException e) {
            Model model = e.getResult().getEffectiveModel();
            for (ModelProblem p : e.getProblems())
                if (p.getSeverity() != ModelProblem.Severity.WARNING
                    && (!p.getMessage().matches("'dependencies.dependency.version' .* is missing.*") || !p.getModelId().equals(model.getGroupId() + ":" + model.getArtifactId() + ":" + model.getVersion())))
                    throw e;
            return model;
        }
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, "UTF-8");
        for (String folder; (folder = in.readLine()) != null; ) {
            Here here = new Here();
            Object[] files = Files.walk(Paths.get(folder)).filter(p -> p.endsWith("pom.xml")).sorted().toArray();
            for (Object p : files)
                name(((Path)p).toFile(), here);
            for (Object p : files)
                tell(folder, ((Path)p).toFile(), here, out);
        }
        out.flush();
    }
}
