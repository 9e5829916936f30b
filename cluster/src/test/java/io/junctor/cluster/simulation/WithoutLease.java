package io.junctor.cluster.simulation;

import io.junctor.router.cluster.Cluster;
import io.junctor.router.cluster.RealmLink;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Lets a router believe that it may always hand out what only one router may. */
final class WithoutLease {
    private WithoutLease() {}

    static Cluster of(Cluster cluster) {
        return proxy(Cluster.class, (proxy, method, arguments) -> {
            Object result = method.invoke(cluster, arguments);
            return result instanceof RealmLink link ? of(link) : result;
        });
    }

    private static RealmLink of(RealmLink link) {
        return proxy(
                RealmLink.class,
                (proxy, method, arguments) ->
                        method.getName().equals("isExclusive") ? true : method.invoke(link, arguments));
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler direct = (proxy, method, arguments) -> {
            try {
                return handler.invoke(proxy, method, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getTargetException();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, direct));
    }
}
