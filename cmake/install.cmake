# What `cmake --install` puts where: the program, liboffprint.a, its headers, and the two ways to find them
# (find_package(offprint) and pkg-config). tests/install uses what was installed.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

function(offprint_install target)
  install(TARGETS ${target} EXPORT offprintTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/offprint DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h")

  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/offprint)
  install(EXPORT offprintTargets NAMESPACE offprint:: DESTINATION ${folder})
  configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/offprintConfig.cmake.in
    ${PROJECT_BINARY_DIR}/offprintConfig.cmake INSTALL_DESTINATION ${folder})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/offprintConfigVersion.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/offprintConfig.cmake ${PROJECT_BINARY_DIR}/offprintConfigVersion.cmake
    DESTINATION ${folder})

  file(RELATIVE_PATH OFFPRINT_UP /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/offprint.pc.in ${PROJECT_BINARY_DIR}/offprint.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/offprint.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endfunction()
