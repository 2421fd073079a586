# cmake -D BUILD=… -D SOURCE=… -D WORK=… … -P install_test.cmake; see CMakeLists.txt here.
set(prefix ${WORK}/prefix)
set(build ${WORK}/consumer)
file(REMOVE_RECURSE ${prefix} ${build})

function(do what)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE out ERROR_VARIABLE out)
  if(failed)
    message(FATAL_ERROR "${what}: ${failed}\n${out}")
  endif()
  set(out "${out}" PARENT_SCOPE)
endfunction()

function(says what pattern)
  if(NOT out MATCHES "${pattern}")
    message(FATAL_ERROR "${what} says: ${out}")
  endif()
endfunction()

if(SANITIZE)
  set(flags "-fsanitize=${SANITIZE}")
endif()

do("installing" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
foreach(file bin/offprint ${LIBDIR}/liboffprint.a ${LIBDIR}/pkgconfig/offprint.pc include/offprint/offprint.h
        include/offprint/document.h ${LIBDIR}/cmake/offprint/offprintConfig.cmake)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "not installed: ${file}")
  endif()
endforeach()
# The package can be moved: no path of this tree is written into it.
file(GLOB written ${prefix}/${LIBDIR}/cmake/offprint/*.cmake ${prefix}/${LIBDIR}/pkgconfig/*.pc)
foreach(file ${written})
  file(READ ${file} text)
  string(FIND "${text}" "${BUILD}" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "${file} names ${BUILD}")
  endif()
endforeach()

do("the installed program" ${prefix}/bin/offprint --version)
says("the installed program" "^offprint [0-9]")

do("configuring with find_package" ${CMAKE_COMMAND} -S ${SOURCE} -B ${build} -G ${GENERATOR}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_PREFIX_PATH=${prefix} "-DCMAKE_CXX_FLAGS=${flags}")
do("building with find_package" ${CMAKE_COMMAND} --build ${build})
do("the consumer" ${build}/consumer)
says("the consumer" "^Well \\(offprint [0-9]")

set(ENV{PKG_CONFIG_PATH} ${prefix}/${LIBDIR}/pkgconfig)
do("pkg-config" ${PKG_CONFIG} --cflags --libs offprint)
separate_arguments(arguments UNIX_COMMAND "${out}")
do("building with pkg-config" ${COMPILER} -std=c++20 ${flags} ${SOURCE}/consumer.cpp -o ${build}/by_pkg_config ${arguments})
do("the consumer by pkg-config" ${build}/by_pkg_config)
says("the consumer by pkg-config" "^Well \\(offprint [0-9]")
