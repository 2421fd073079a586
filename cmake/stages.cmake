# The stages of the house, in the order of the data. A stage may include headers of itself and of the
# stages before it; tests/house_test.py checks that. Each is an object library so that one liboffprint.a
# comes out, and so that a stage can be built and tested while later ones do not compile.
set(OFFPRINT_STAGES base encoding tokens tree blocks roles document formats)

# offprint_stage(NAME [LIBRARIES external...] [GENERATED files of src/generated that belong to it...])
function(offprint_stage name)
  cmake_parse_arguments(STAGE "" "" "LIBRARIES;GENERATED" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  list(APPEND sources ${STAGE_GENERATED})
  if(NOT sources)
    return()
  endif()
  add_library(stage_${name} OBJECT ${sources})
  target_include_directories(stage_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(stage_${name} PUBLIC ${STAGE_LIBRARIES})
endfunction()

# offprint_link(TARGET STAGE...) links the objects of stages (and what they need) into a program.
function(offprint_link target)
  foreach(stage ${ARGN})
    if(TARGET stage_${stage})
      target_link_libraries(${target} PRIVATE stage_${stage})
    endif()
  endforeach()
endfunction()

# offprint_test(NAME STAGE...) makes the test program test_NAME of tests/NAME/*.cpp.
function(offprint_test name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(test_${name} ${sources})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/include)
  target_compile_definitions(test_${name} PRIVATE
    OFFPRINT_SOURCE_DIR="${PROJECT_SOURCE_DIR}" OFFPRINT_SHARED_DIR="${PROJECT_SOURCE_DIR}/../shared")
  target_link_libraries(test_${name} PRIVATE GTest::gtest GTest::gtest_main)
  offprint_link(test_${name} ${ARGN})
  gtest_discover_tests(test_${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 900)
endfunction()
