# One image per service, chosen by the build argument SERVICE:
#   docker build --build-arg SERVICE=pathway-service -t relais/pathway-service .

FROM eclipse-temurin:25-jdk AS build
WORKDIR /relais
COPY . .
# Not by SERVICE: the images share this step. Tests run before, not here.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -ntp -DskipTests -Dspotless.check.skip=true -am \
      -pl directory-service,pathway-service,notification-service,web-console package \
 && for service in directory-service pathway-service notification-service web-console; do \
      jar=$(ls "$service/target/$service"-[0-9]*.jar | grep -v -e '-tests.jar') \
      && java -Djarmode=tools -jar "$jar" extract --destination "/extracted/$service" \
      && mv "/extracted/$service/$(basename "$jar")" "/extracted/$service/service.jar" || exit 1; \
    done

FROM eclipse-temurin:25-jre
ARG SERVICE
RUN test -n "$SERVICE" || { echo "give --build-arg SERVICE=<module>" >&2; exit 1; }
RUN useradd --system --uid 10001 --no-create-home relais
WORKDIR /relais
# The libraries change less often than the service: a layer of their own.
COPY --from=build /extracted/${SERVICE}/lib ./lib
COPY --from=build /extracted/${SERVICE}/service.jar ./service.jar
USER 10001
# In a container, to listen on every address is to listen to its network alone.
ENV SERVER_ADDRESS=0.0.0.0 MANAGEMENT_SERVER_ADDRESS=0.0.0.0
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "service.jar"]
