# shellcheck shell=bash
# Sourced by bin/junctor and .ci/run: finds a JDK without starting one; or, with jdk_program=java, a Java that only runs
# programs.

oldest_jdk=21
: "${jdk_program:=javac}"

# Sets jdk_version to the feature version of the JDK in the directory $1, or to nothing when there is none. It starts no
# process, because every command of bin/junctor waits for it.
read_version() {
  local line
  jdk_version=
  [[ -x "$1/bin/$jdk_program" && -r "$1/release" ]] || return 0
  while IFS= read -r line; do
    if [[ "$line" = JAVA_VERSION=* ]]; then
      line=${line#JAVA_VERSION=}
      line=${line//[\"$'\r']/}
      line=${line%%[.+-]*}
      if [[ "$line" =~ ^[0-9]+$ ]]; then
        jdk_version=$line
      fi
      return 0
    fi
  done <"$1/release"
}

# The directory that a java command belongs to, with links followed.
home_of_command() {
  local path=$1 target
  while [[ -L "$path" ]]; do
    target=$(readlink "$path")
    [[ "$target" = /* ]] || target="${path%/*}/$target"
    path=$target
  done
  (cd "${path%/*}/.." 2>/dev/null && pwd -P) || true
}

# Takes the JDK in the directory $1 if it is new enough.
use_jdk() {
  read_version "$1"
  [[ -n "$jdk_version" && "$jdk_version" -ge $oldest_jdk ]] || return 1
  JAVA_HOME=$1 jdk_found=$jdk_version
  export JAVA_HOME
}

# One directory a line, everywhere that JDKs are commonly put.
jdk_candidates() {
  local toolchains="${HOME:-}/.m2/toolchains.xml" name
  for name in $(compgen -e | grep -E '^(JDK|JAVA)[0-9_]*HOME' || true); do
    echo "${!name}"
  done
  if [[ -r "$toolchains" ]]; then
    sed -n 's:.*<jdkHome>[[:space:]]*\(.*[^[:space:]]\)[[:space:]]*</jdkHome>.*:\1:p' "$toolchains"
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.m2/jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home
  if [[ -x /usr/libexec/java_home ]]; then
    /usr/libexec/java_home -v "$oldest_jdk+" 2>/dev/null || true
  fi
}

# Sets JAVA_HOME and jdk_found (its version): the one already chosen by JAVA_HOME or the path if new enough,
# else the newest that is installed. Fails with one clear sentence when there is none.
find_jdk() {
  local home on_path
  if use_jdk "${JAVA_HOME:-}"; then
    return 0
  fi
  on_path=$(command -v java || true)
  if [[ -n "$on_path" ]] && use_jdk "$(home_of_command "$on_path")"; then
    return 0
  fi
  jdk_found=0
  while IFS= read -r home; do
    read_version "$home"
    if [[ -n "$jdk_version" && "$jdk_version" -ge $oldest_jdk && "$jdk_version" -gt "$jdk_found" ]]; then
      JAVA_HOME=$home jdk_found=$jdk_version
    fi
  done < <(jdk_candidates)
  if [[ "$jdk_found" -eq 0 ]]; then
    local wanted="no JDK"
    [[ "$jdk_program" = javac ]] || wanted="no Java"
    echo "junctor: $wanted $oldest_jdk or newer was found; install one and set JAVA_HOME to its directory." >&2
    return 1
  fi
  export JAVA_HOME
}
